import Foundation
import Support
import Testing

@testable import Store

@Suite("A backup that somebody touched")
struct TamperedBackupTests {
    private func refused(
        _ original: BackedUpNotes, sourceLocation: SourceLocation = #_sourceLocation,
        _ change: (inout TakenApart) -> Void
    ) async throws {
        var parts = try TakenApart(original.path("backup"))
        change(&parts)
        try parts.write(to: original.path("changed"))
        let directory = try original.emptyDirectory(UUID().uuidString)
        let failure = await #expect(throws: StoreFailure.self, sourceLocation: sourceLocation) {
            try await original.file("changed").restore(into: directory, service: "scoring")
        }
        #expect(failure?.decision == .refuse, sourceLocation: sourceLocation)
        #expect(try BackedUpNotes.names(in: directory.path).isEmpty, sourceLocation: sourceLocation)
    }

    @Test("is refused, wherever it was touched")
    func bytes() async throws {
        let original = try await BackedUpNotes(megabytes: 1)
        try await original.backUp()
        let parts = try TakenApart(original.path("backup"))
        for index in parts.header.indices {
            try await refused(original) { $0.header[index] ^= 1 }
        }
        for chunk in parts.chunks.indices {
            for index in [0, 1, 4, 5, 6, 8, 20, 40, parts.chunks[chunk].count / 2, parts.chunks[chunk].count - 1] {
                try await refused(original) { $0.chunks[chunk][index] ^= 1 }
            }
        }
    }

    @Test("is refused when chunks are missing, repeated, swapped or added")
    func chunks() async throws {
        let original = try await BackedUpNotes(megabytes: 3)
        try await original.backUp()
        try await refused(original) { $0.chunks.removeLast() }
        try await refused(original) { $0.chunks.removeFirst() }
        try await refused(original) { $0.chunks.remove(at: 1) }
        try await refused(original) { $0.chunks.removeAll() }
        try await refused(original) { $0.chunks.swapAt(0, 1) }
        try await refused(original) { $0.chunks.insert($0.chunks[0], at: 1) }
        try await refused(original) { $0.chunks.append($0.chunks[2]) }
        try await refused(original) { $0.chunks.append([0]) }
        // The second-last made the last: its own byte says otherwise to whoever opens it.
        try await refused(original) { parts in
            parts.chunks.removeLast()
            parts.chunks[parts.chunks.count - 1][0] = 1
        }
    }

    @Test("is refused when cut short at any place")
    func cut() async throws {
        let original = try await BackedUpNotes(megabytes: 1)
        try await original.backUp()
        let whole = try Data(contentsOf: URL(fileURLWithPath: original.path("backup")))
        for count in [0, 7, 20, 40, 60, 100, whole.count / 2, whole.count - 1] {
            try whole.prefix(count).write(to: URL(fileURLWithPath: original.path("cut")))
            let directory = try original.emptyDirectory("cut-\(count)")
            await #expect(throws: StoreFailure.self) {
                try await original.file("cut").restore(into: directory, service: "scoring")
            }
        }
    }

    @Test("is refused with a chunk of another backup of the same store, sealed with the same key")
    func otherFile() async throws {
        let original = try await BackedUpNotes(megabytes: 1)
        try await original.backUp()
        try await original.backUp("other")
        let other = try TakenApart(original.path("other"))
        try await refused(original) { $0.chunks[0] = other.chunks[0] }
        try await refused(original) { $0.header = other.header }
    }

    @Test("is refused under another store's name")
    func otherStore() async throws {
        let original = try await BackedUpNotes()
        try await original.backUp()
        let other = BackupOrigin(
            service: "scoring", incarnation: "another one", takenAt: BackedUpNotes.origin.takenAt)
        try await original.backUp("other", origin: other)
        let header = try TakenApart(original.path("other")).header
        try await refused(original) { $0.header = header }
    }
}
