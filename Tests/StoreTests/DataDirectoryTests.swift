import Foundation
import Runtime
import Support
import Testing

@testable import Store

@Suite("A data directory")
struct DataDirectoryTests {
    @Test("has one owner in a process")
    func sameProcess() throws {
        let place = try TemporaryDirectory()
        let first = try DataDirectory(locking: place.file("data"))
        let failure = #expect(throws: StoreFailure.self) { try DataDirectory(locking: first.path) }
        #expect(failure?.decision == .fatal)
        #expect(failure?.reason == "another process owns the data directory")
    }

    @Test("that is refused closes nobody else's file")
    func refusedOnce() async throws {
        let place = try TemporaryDirectory()
        let first = try DataDirectory(locking: place.file("data"))
        let path = first.path
        let over = StopSignal()
        // Somebody who opens files all the time gets each number as soon as it is free, and must be who closes it.
        async let lost: Int = {
            var lost = 0
            while !over.isStopping {
                let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
                for _ in 0..<200 where fcntl(descriptor, F_GETFD) < 0 { lost += 1 }
                if close(descriptor) != 0 { lost += 1 }
            }
            return lost
        }()
        for _ in 0..<20_000 { #expect(throws: StoreFailure.self) { try DataDirectory(locking: path) } }
        over.stop()
        #expect(await lost == 0)
    }

    @Test("has one owner among processes")
    func otherProcess() async throws {
        let place = try TemporaryDirectory()
        let first = try DataDirectory(locking: place.file("data"))
        let path = first.path
        await #expect(processExitsWith: .exitCode(3)) { [path = path as String] in
            do {
                _ = try DataDirectory(locking: path)
                exit(0)
            } catch {
                exit(3)
            }
        }
    }

    @Test("is free again when its owner has died")
    func dead() async throws {
        let place = try TemporaryDirectory()
        let path = place.file("data")
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let owned = try DataDirectory(locking: path)
            kill(getpid(), SIGKILL)
            _ = owned
        }
        _ = try DataDirectory(locking: path)
    }

    @Test("is free again when its store was let go without being closed")
    func abandoned() async throws {
        let place = try TemporaryDirectory()
        _ = try await Notes.store(in: place)
        try await waitUntil {
            do {
                _ = try DataDirectory(locking: TemporaryStore.dataPath(in: place))
                return true
            } catch {
                return false
            }
        }
    }

    @Test("keeps its place's name through a restart and has another name as a copy")
    func place() throws {
        let place = try TemporaryDirectory()
        let name = try DataDirectory(locking: place.file("data")).place()
        #expect(try DataDirectory(locking: place.file("data")).place() == name)
        try FileManager.default.copyItem(atPath: place.file("data"), toPath: place.file("copy"))
        #expect(try DataDirectory(locking: place.file("copy")).place() != name)
    }

    @Test("lets nobody else read, whatever the process's mask")
    func modes() async throws {
        let notes = try await Notes.store()
        try await notes.add("a")
        for name in ["", "/store.sqlite", "/store.sqlite-wal", "/store.sqlite-shm", "/lock"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: notes.store.directory.path + name)
            let mode = try #require(attributes[.posixPermissions] as? Int)
            #expect(mode & 0o077 == 0, "\(name)")
        }
    }

    @Test("that can't be made is told, with what to do")
    func impossible() throws {
        let place = try TemporaryDirectory()
        try Data("a file".utf8).write(to: URL(fileURLWithPath: place.file("file")))
        let failure = #expect(throws: StoreFailure.self) { try DataDirectory(locking: place.file("file/data")) }
        #expect(failure?.decision == .fatal)
        #expect(failure?.hint.isEmpty == false)
    }
}
