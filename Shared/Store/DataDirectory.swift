internal import Cryptography
internal import Foundation
internal import Synchronization

/// A service's data directory and the lock that says which process owns it.
///
/// The lock is an advisory one of the operating system on a file of its own: it goes with the process, however that
/// ends. SQLite's own locks stay as they are, since readers and backups have connections too.
public final class DataDirectory: Sendable {
    /// The directory's path.
    public let path: String
    private let lock: Int32
    /// Whether a backup or a restore is using its paths in the directory.
    let isCopying = Mutex(false)

    /// Makes the directory (mode 0700) if it isn't there and takes its lock.
    /// - Throws: `StoreFailure` when another process holds the lock or the directory can't be made.
    public init(locking path: String) throws(StoreFailure) {
        self.path = path
        let isNew = !FileManager.default.fileExists(atPath: path)
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreFailure(.fatal, reason: "the data directory can't be made", hint: "check the path and its owner")
        }
        // SQLite syncs the directory for its files, but nobody the directory's own name.
        if isNew { try OwnedFile.syncDirectory(of: path) }
        lock = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            throw StoreFailure(.fatal, reason: "the lock file can't be opened", hint: "check the directory's owner")
        }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            // The file is closed by `deinit`, which runs here too: every property has its value.
            throw errno == EWOULDBLOCK
                ? StoreFailure(
                    .fatal, reason: "another process owns the data directory",
                    hint: "send the command to the running service, or stop it first")
                : StoreFailure(
                    .fatal, reason: "the data directory can't be locked", hint: "put it on a volume that has locks")
        }
    }

    deinit {
        Glibc.close(lock)
    }

    /// The database file.
    public var databasePath: String { Self.databasePath(in: path) }

    /// Whether there is a database in a directory, which nobody needs to own for that.
    public static func hasDatabase(at path: String) -> Bool {
        FileManager.default.fileExists(atPath: databasePath(in: path))
    }

    private static func databasePath(in path: String) -> String { path + "/store.sqlite" }
    /// The socket at which the running service takes commands.
    public var socketPath: String { path + "/control.sock" }
    /// The file in which the worker notes the record in its hand.
    public var handPath: String { path + "/in-hand" }

    /// Makes an empty database file that only its owner can read; SQLite would leave that to the process's mask. The
    /// log and its index take the database's mode.
    func makeDatabaseFile() throws(StoreFailure) {
        if FileManager.default.fileExists(atPath: databasePath) { return }
        _ = try OwnedFile(making: databasePath)
    }

    /// Names the machine and this very directory on it: a copy of the directory has another name, a restart in place
    /// has the same. From the machine id, the device and the inode, hashed so that it tells nothing.
    /// - Throws: `StoreFailure` when the directory can't be examined.
    public func place() throws(StoreFailure) -> String {
        var status = stat()
        guard fstat(lock, &status) == 0 else {
            throw StoreFailure(.fatal, reason: "the lock file can't be examined", hint: "check the volume")
        }
        let machine: String
        do {
            machine = try String(contentsOfFile: "/etc/machine-id", encoding: .utf8)
        } catch {
            machine = ProcessInfo.processInfo.hostName
        }
        let text = "\(machine.trimmingCharacters(in: .whitespacesAndNewlines)) \(status.st_dev) \(status.st_ino)"
        return String(SHA256.hash(Array(text.utf8)).hexText.prefix(16))
    }
}
