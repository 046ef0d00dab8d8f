import Foundation
import Runtime
import Testing

@testable import Telemetry

@Suite("Standard output")
struct StandardOutputTests {
    @Test("takes whole lines from many threads, although the pipe is small and doesn't block")
    func wholeLines() async throws {
        let pipe = Pipe()
        let descriptor = pipe.fileHandleForWriting.fileDescriptor
        #expect(fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0)
        let line = Array(repeating: UInt8(ascii: "x"), count: 9_999) + [UInt8(ascii: "\n")]
        let linesPerWriter = 25
        let text = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    (0..<linesPerWriter).allSatisfy { _ in StandardOutput.write(line, to: descriptor) }
                }
            }
            let reading = pipe.fileHandleForReading
            async let read = Task { try reading.read(upToCount: 4 * linesPerWriter * line.count) }.value
            let results = await group.reduce(into: []) { $0.append($1) }
            #expect(results.allSatisfy { $0 })
            return try? await read
        }
        let lines = try #require(text).split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == 4 * linesPerWriter)
        #expect(lines.allSatisfy { $0.count == line.count - 1 })
    }

    @Test("says so when there is nobody to take a line")
    func broken() {
        #expect(!StandardOutput.write([1], to: -1))
    }
}
