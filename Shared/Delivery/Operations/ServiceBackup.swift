internal import Configuration
internal import Cryptography
internal import Events
internal import Runtime
internal import Store

/// Sealed copies of a service's store. A restored store is marked: it reads nothing until an operator has said what
/// that means (`recover rolled-back`).
struct ServiceBackup: Sendable {
    let service: ServiceName
    let keys: Secret?
    let time: TimeSource

    /// Copies the store, running or not, to a new file.
    func make(of store: Store, to path: String) async throws -> CommandResult {
        let file = BackupFile(path: path, keys: try sealingKeys())
        guard let identity = try await store.read({ try StoreIdentity.read(in: $0) }) else {
            throw StoreFailure(.fatal, reason: "the store has no identity", hint: "restore the last backup")
        }
        let origin = BackupOrigin(
            service: service.rawValue, incarnation: identity.incarnation.text, takenAt: time.now())
        let summary = try await file.write(of: store.directory, origin: origin)
        return CommandResult(
            lines: ["\(summary.bytes) bytes sealed, opened again and checked"] + Self.rows(of: summary))
    }

    /// Puts a backup into a data directory in which nothing runs; a database that is there is moved aside.
    func restore(from path: String, into directory: DataDirectory) async throws -> CommandResult {
        let file = BackupFile(path: path, keys: try sealingKeys())
        let summary = try await file.restore(into: directory, service: service.rawValue, replacing: true) {
            transaction in
            try transaction.execute("UPDATE identity SET restored = 1")
        }
        return CommandResult(
            lines: ["restored the backup of \(summary.origin.takenAt); decide with `recover rolled-back`"]
                + Self.rows(of: summary))
    }

    private static func rows(of summary: BackupSummary) -> [String] {
        summary.rows.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value) rows" }
    }

    private func sealingKeys() throws -> SealingKeys {
        guard let keys else {
            throw ServiceFault(description: "BACKUP_KEYS is not set: a backup is sealed or not made", exitCode: 78)
        }
        do {
            return try SealingKeys(text: keys.reveal())
        } catch {
            throw ServiceFault(description: "BACKUP_KEYS: \(error.hint)", exitCode: 78)
        }
    }
}
