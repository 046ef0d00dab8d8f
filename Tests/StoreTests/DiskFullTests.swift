import Support
import Testing

@testable import Store

@Suite("A full disk", .enabled(if: SmallVolume.isPossible, "only root can mount a small volume"))
struct DiskFullTests {
    static let rowBytes = 20_000

    /// A store on a volume that becomes full after some hundred kilobytes, and what it called fatal.
    private func storeOnSmallVolume() async throws -> (volume: SmallVolume, store: Store, fatal: Counted) {
        let volume = try SmallVolume(bytes: 2 << 20)
        try volume.fill(bytes: 1 << 20)
        let fatal = Counted()
        let store = try await Store.open(
            DataDirectory(locking: volume.path + "/data"), migrations: [Notes.migration]
        ) { _ in fatal.add() }
        store.whenCommitted { withExtendedLifetime(volume) {} }
        return (volume, store, fatal)
    }

    private func long(_ number: Int) -> String { "\(number) " + String(repeating: "x", count: Self.rowBytes) }

    private func count(_ store: Store) async throws -> Int {
        try await store.read { try $0.count("SELECT count(*) FROM note") }
    }

    /// Writes one after the other until there is no room.
    private func writeUntilFull(_ store: Store) async throws -> (written: Int, failure: StoreFailure) {
        for number in 0..<1_000 {
            let text = long(number)
            do {
                try await store.write { try Notes.add(text, in: $0) }
            } catch let failure as StoreFailure {
                return (number, failure)
            }
        }
        throw WaitedInVain()
    }

    @Test("refuses writes to be tried again, keeps what was acknowledged, and goes on when there is room")
    func refusing() async throws {
        let (volume, store, fatal) = try await storeOnSmallVolume()
        let (written, failure) = try await writeUntilFull(store)
        #expect(failure.isDiskFull)
        #expect(failure.decision == .retry)
        #expect(written > 5)
        #expect(try await count(store) == written)
        await #expect(throws: StoreFailure.self) { try await store.write { try Notes.add(long(-1), in: $0) } }
        #expect(try await count(store) == written)

        try volume.release()
        try await store.write { try Notes.add(long(-1), in: $0) }
        #expect(try await count(store) == written + 1)
        #expect(fatal.value == 0)
        await store.close()
    }

    @Test("leaves nothing half done among many writers")
    func manyWriters() async throws {
        let (_, store, fatal) = try await storeOnSmallVolume()
        let acknowledged = Gathered()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                let text = long(number)
                group.addTask {
                    do {
                        try await store.write { transaction in
                            try Notes.add(text, in: transaction)
                            try Notes.add("beside \(number)", in: transaction)
                        }
                        acknowledged.add(number)
                    } catch {
                        #expect((error as? StoreFailure)?.isDiskFull == true)
                    }
                }
            }
        }
        let numbers = acknowledged.values
        #expect(numbers.count < 200)
        let beside = try await store.read { scope in
            try scope.all("SELECT text FROM note WHERE length(text) < 100") { $0.text(0) }
        }
        #expect(Set(beside) == Set(numbers.map { "beside \($0)" }))
        #expect(try await count(store) == 2 * numbers.count)
        #expect(fatal.value == 0)
        await store.close()
    }

    @Test("in the middle of a body that passes over it lets nothing of it or its neighbours through")
    func midBody() async throws {
        let (volume, store, fatal) = try await storeOnSmallVolume()
        // A small cache, so that pages are spilled and the disk is full before the commit.
        try await store.write { try $0.connection.run("PRAGMA cache_size = 10") }
        let texts = (0..<200).map(long)
        await #expect(throws: StoreFailure.self) {
            try await store.write { transaction in
                var failures = 0
                for text in texts {
                    do { try Notes.add(text, in: transaction) } catch { failures += 1 }
                }
                #expect(failures > 0)
            }
        }
        #expect(try await count(store) == 0)
        #expect(fatal.value == 0)
        try volume.release()
        try await store.write { try Notes.add("a", in: $0) }
        #expect(try await count(store) == 1)
        await store.close()
    }

    @Test("shows as such also where the log's index can't grow")
    func logIndex() {
        let enlarging: Int32 = 10 | 19 << 8
        let failure = StoreFailure(code: enlarging, doing: "COMMIT")
        #expect(failure.isDiskFull)
        #expect(failure.decision == .retry)
        #expect(StoreFailure(code: 10 | 4 << 8, doing: "COMMIT").decision == .fatal, "a failed sync is fatal")
    }
}
