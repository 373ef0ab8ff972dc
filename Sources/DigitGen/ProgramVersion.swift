/// The version of the program and its libraries: semantic versioning (https://semver.org).
package enum ProgramVersion {
    /// Major, minor and patch number.
    package static let text = "0.1.0"
}
