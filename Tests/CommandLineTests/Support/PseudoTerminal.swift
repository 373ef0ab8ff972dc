import Glibc

/// A terminal for a program to write to.
struct PseudoTerminal {
    /// What the program opens.
    let path: String
    private let controller: Int32

    // From Linux's asm-generic/ioctls.h; Swift does not see these macros.
    private static let setLock: UInt = 0x4004_5431  // TIOCSPTLCK
    private static let getNumber: UInt = 0x8004_5430  // TIOCGPTN

    init(columns: UInt16, rows: UInt16) throws {
        controller = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (lock, number): (Int32, UInt32) = (0, 0)
        guard controller >= 0, ioctl(controller, Self.setLock, &lock) == 0,
            ioctl(controller, Self.getNumber, &number) == 0
        else { throw Execution.CannotRun(reason: "no terminal") }
        path = "/dev/pts/\(number)"
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
    }

    /// Everything that is written until the last program has closed the terminal, which must have been opened
    /// before. The terminal's own carriage returns are left out.
    func read() -> [UInt8] {
        defer { close(controller) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(controller, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer[..<count].filter { $0 != UInt8(ascii: "\r") }
            } else if count == 0 || errno != EINTR {
                // The last one closing shows as EIO.
                return bytes
            }
        }
    }
}
