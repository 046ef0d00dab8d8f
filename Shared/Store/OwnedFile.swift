internal import CSQLite
internal import Foundation

/// An open file, closed when it goes out of scope. Whole reads and whole writes; blocks its thread.
struct OwnedFile: ~Copyable {
    private let descriptor: Int32

    /// Makes a file (mode 0600) that must not be there yet.
    init(making path: String) throws(StoreFailure) {
        descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw StoreFailure(errno: errno, doing: "making a file") }
    }

    /// Opens a file that is there for reading.
    init(reading path: String) throws(StoreFailure) {
        try self.init(path, O_RDONLY)
    }

    /// Opens a file that is there for writing from its beginning.
    init(writing path: String) throws(StoreFailure) {
        try self.init(path, O_WRONLY)
    }

    private init(_ path: String, _ mode: Int32) throws(StoreFailure) {
        descriptor = Glibc.open(path, mode | O_CLOEXEC)
        if descriptor < 0 { throw StoreFailure(errno: errno, doing: "opening a file") }
    }

    deinit {
        if descriptor >= 0 { Glibc.close(descriptor) }
    }

    /// The file's length in bytes.
    func length() throws(StoreFailure) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw StoreFailure(errno: errno, doing: "examining a file") }
        return Int(status.st_size)
    }

    /// The next `count` bytes; fewer only at the end of the file.
    func read(_ count: Int) throws(StoreFailure) -> [UInt8] {
        var fault: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled)
                if got > 0 {
                    filled += got
                } else if got == 0 || errno != EINTR {
                    fault = got == 0 ? 0 : errno
                    return
                }
            }
        }
        if fault != 0 { throw StoreFailure(errno: fault, doing: "reading a file") }
        return bytes
    }

    /// Appends all of the bytes.
    func write(_ bytes: [UInt8]) throws(StoreFailure) {
        var written = 0
        while written < bytes.count {
            let got = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if got >= 0 {
                written += got
            } else if errno != EINTR {
                throw StoreFailure(errno: errno, doing: "writing a file")
            }
        }
    }

    /// Returns when everything written is on disk.
    func sync() throws(StoreFailure) {
        guard fsync(descriptor) == 0 else { throw StoreFailure(errno: errno, doing: "syncing a file") }
    }
}

extension OwnedFile {
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Removes a file; it need not be there.
    static func remove(_ path: String) throws(StoreFailure) {
        guard unlink(path) == 0 || errno == ENOENT else { throw StoreFailure(errno: errno, doing: "removing a file") }
    }

    /// Gives a file another name on its volume. What had that name is gone.
    static func rename(_ path: String, to other: String) throws(StoreFailure) {
        guard Glibc.rename(path, other) == 0 else { throw StoreFailure(errno: errno, doing: "renaming a file") }
    }

    /// Brings the names in the directory of `path` to disk.
    static func syncDirectory(of path: String) throws(StoreFailure) {
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try OwnedFile(reading: parent).sync()
    }
}

extension StoreFailure {
    /// A failed call of the operating system on a file of ours. A full volume has the code that SQLite gives it.
    init(errno code: Int32, doing what: String) {
        let reason = "\(what) failed: \(String(cString: strerror(code)))"
        switch code {
        case ENOSPC, EDQUOT:
            self.init(.retry, code: SQLITE_FULL, reason: reason, hint: "make room on the volume, then ask again")
        default:
            self.init(.refuse, code: 0, reason: reason, hint: "check the path, its owner and its volume")
        }
    }
}
