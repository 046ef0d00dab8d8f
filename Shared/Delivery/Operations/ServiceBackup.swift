internal import Configuration
internal import Cryptography
internal import Events
internal import Store

/// Sealed copies of a service's store. A restored store is marked: it reads nothing until an operator has said what that
/// means.
struct ServiceBackup: Sendable {
    let service: ServiceName
    let keys: Secret?

    func make(of store: Store, to path: String) async throws -> Int {
        _ = try sealingKeys()
        throw ServiceFault(description: "backups are not built in this release", exitCode: 70)
    }

    func restore(from path: String, into directory: String, migrations: [Migration]) async throws -> CommandResult {
        _ = try sealingKeys()
        throw ServiceFault(description: "backups are not built in this release", exitCode: 70)
    }

    private func sealingKeys() throws -> SealingKeys {
        guard let keys else {
            throw ServiceFault(description: "BACKUP_KEYS is not set: a backup is sealed or not made", exitCode: 78)
        }
        do {
            return try SealingKeys(text: keys.reveal())
        } catch {
            throw ServiceFault(description: "BACKUP_KEYS must be `id:base64` keys, newest first", exitCode: 78)
        }
    }
}
