internal import Foundation

/// A file system in memory with little room, to see a disk become full. Only root can mount one.
public final class SmallVolume: Sendable {
    /// Where it is mounted.
    public let path: String
    private let place: TemporaryDirectory

    /// Whether this process may mount.
    public static let isPossible: Bool = {
        do {
            _ = try SmallVolume(bytes: 1 << 20)
            return true
        } catch {
            return false
        }
    }()

    /// Mounts an empty volume.
    public init(bytes: Int) throws {
        place = try TemporaryDirectory()
        path = place.file("volume")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        guard mount("none", path, "tmpfs", 0, "size=\(bytes)") == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EPERM)
        }
    }

    deinit {
        // The store's threads may still have files open: the volume goes when they are closed.
        umount2(path, Int32(MNT_DETACH))
    }

    /// Takes room away; `release` gives it back.
    public func fill(bytes: Int) throws {
        try Data(count: bytes).write(to: URL(fileURLWithPath: path + "/filling"))
    }

    /// Takes all the room there is.
    public func fillAll() throws {
        let file = open(path + "/filling", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EPERM) }
        defer { close(file) }
        let page = [UInt8](repeating: 0, count: 4096)
        while Glibc.write(file, page, page.count) > 0 {}
        guard errno == ENOSPC else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }

    /// Gives the room that `fill` or `fillAll` took back.
    public func release() throws {
        try FileManager.default.removeItem(atPath: path + "/filling")
    }
}
