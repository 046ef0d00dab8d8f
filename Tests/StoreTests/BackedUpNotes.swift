import Cryptography
import Foundation
import Runtime
import Support

@testable import Store

/// A store, and a place beside its data directory for backups.
struct BackedUpNotes {
    static let secret = "Planterad Person"
    static let origin = BackupOrigin(
        service: "scoring", incarnation: "4b1c7a52", takenAt: Timestamp(milliseconds: 1_795_507_200_000))

    let notes: TemporaryStore
    let keys: SealingKeys

    /// - Parameter megabytes: of rows, so that a backup has more chunks than that.
    init(megabytes: Int = 0) async throws {
        notes = try await Notes.store()
        keys = try SealingKeys(newest: .random(id: "2026-11"))
        try await notes.add(Self.secret)
        for megabyte in 0..<megabytes {
            try await notes.store.write { transaction in
                for row in 0..<10 {
                    try Notes.add("\(megabyte)-\(row) " + String(repeating: "x", count: 105_000), in: transaction)
                }
            }
        }
    }

    func path(_ name: String) -> String { notes.directory.file(name) }

    func file(_ name: String = "backup", keys: SealingKeys? = nil) -> BackupFile {
        BackupFile(path: path(name), keys: keys ?? self.keys)
    }

    @discardableResult
    func backUp(_ name: String = "backup", origin: BackupOrigin = origin) async throws -> BackupSummary {
        try await file(name).write(of: notes.store.directory, origin: origin)
    }

    /// An empty data directory.
    func emptyDirectory(_ name: String = "restored") throws -> DataDirectory { try DataDirectory(locking: path(name)) }

    /// Restores into an empty directory and reads what is there.
    func restoredTexts(_ name: String = "backup") async throws -> [String] {
        let directory = try emptyDirectory(UUID().uuidString)
        _ = try await file(name).restore(into: directory, service: Self.origin.service)
        return try await Self.texts(in: directory)
    }

    static func texts(in directory: DataDirectory) async throws -> [String] {
        let store = try await Store.open(directory, migrations: [Notes.migration]) { _ in }
        let texts = try await store.read { try Notes.texts($0) }
        await store.close()
        return texts
    }

    /// What lies in a directory, but for its lock.
    static func names(in path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).filter { $0 != "lock" }.sorted()
    }
}

/// A backup file taken apart, to be put together wrongly.
struct TakenApart {
    var header: [UInt8]
    /// Each with its frame.
    var chunks: [[UInt8]]

    init(_ path: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        header = try BackupHeader(from: OwnedFile(reading: path)).bytes
        chunks = []
        var rest = bytes.dropFirst(header.count)
        while rest.count >= 5 {
            let length = 5 + rest.dropFirst().prefix(4).reduce(0) { $0 << 8 | Int($1) }
            chunks.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
    }

    func write(to path: String) throws {
        try Data(header + chunks.flatMap { $0 }).write(to: URL(fileURLWithPath: path))
    }
}
