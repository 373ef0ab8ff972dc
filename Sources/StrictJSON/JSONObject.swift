/// The members of a JSON object in the order in which they were written; no two have the same key.
///
/// Keys are the same when their UTF-8 bytes are: unlike Swift's `==` on strings, canonically equivalent
/// spellings (such as a precomposed letter and a letter with a combining mark) stay different keys.
package struct JSONObject: Equatable, Sendable {
    /// One key with its value.
    package struct Member: Equatable, Sendable {
        /// What the member is called; no other member of the object is.
        package let key: String
        /// What stands after the colon.
        package fileprivate(set) var value: JSONValue
    }

    /// The members in order.
    package private(set) var members: [Member]

    /// An object without members.
    package init() {
        members = []
    }

    /// Members whose keys the parser has found to differ.
    init(distinct members: [Member]) {
        self.members = members
    }

    /// The value of the key. Setting appends a new key at the end, keeps the place of an old one, and removes
    /// it for nil. Reading is linear in the number of members.
    package subscript(key: String) -> JSONValue? {
        get {
            index(of: key).map { members[$0].value }
        }
        set {
            switch (index(of: key), newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    private func index(of key: String) -> Int? {
        members.firstIndex { haveSameBytes($0.key, key) }
    }
}

/// Whether two strings have the same UTF-8 bytes. Strings of the same bytes are equal, and `==`, which allows
/// canonical equivalence, is quick to say that most strings are not.
func haveSameBytes(_ left: String, _ right: String) -> Bool {
    left == right && left.utf8.elementsEqual(right.utf8)
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Members in the order of the literal; a repeated key keeps its first place and takes its last value.
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init()
        for (key, value) in elements {
            self[key] = value
        }
    }
}
