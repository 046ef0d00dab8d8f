import Foundation
import Runtime
import Testing

@testable import Telemetry

@Suite("Standard output")
struct StandardOutputTests {
    @Test("takes whole lines from many threads, although the pipe is small and doesn't block")
    func wholeLines() throws {
        let pipe = Pipe()
        let writer = pipe.fileHandleForWriting
        let descriptor = writer.fileDescriptor
        #expect(fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0)
        let line = Array(repeating: UInt8(ascii: "x"), count: 9_999) + [UInt8(ascii: "\n")]
        let writerCount = 4
        let linesPerWriter = 25
        let writing = DispatchGroup()
        for _ in 0..<writerCount {
            writing.enter()
            Thread.detachNewThread {
                for _ in 0..<linesPerWriter { _ = StandardOutput.write(line, to: descriptor) }
                writing.leave()
            }
        }
        // Whatever is lost, the end of the file comes when the last writer is done.
        writing.notify(queue: .global()) { writer.closeFile() }
        let text = try pipe.fileHandleForReading.readToEnd() ?? Data()
        let lines = text.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == writerCount * linesPerWriter)
        #expect(lines.allSatisfy { $0.count == line.count - 1 })
    }

    @Test("says so when there is nobody to take a line")
    func broken() {
        #expect(!StandardOutput.write([1], to: -1))
    }
}
