/// Escape sequences that tmux hands on to the terminal around it (tmux(1), allow-passthrough).
package enum TmuxPassthrough {
    /// `sequence` in a wrapper that tmux takes off.
    package static func wrap(_ sequence: [UInt8]) -> [UInt8] {
        var bytes = Array("\u{1B}Ptmux;".utf8)
        bytes.reserveCapacity(sequence.count + 16)
        for byte in sequence {
            if byte == 0x1B { bytes.append(0x1B) }
            bytes.append(byte)
        }
        return bytes + Array("\u{1B}\\".utf8)
    }
}
