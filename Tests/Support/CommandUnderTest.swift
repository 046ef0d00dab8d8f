internal import Foundation

/// One of the executables, run as an operator runs a command, to its end.
public struct CommandUnderTest: Sendable {
    /// Lines on standard output.
    public let output: [String]
    /// Lines on standard error.
    public let errors: [String]
    /// The exit code; a signal's number, negative, when a signal ended it.
    public let code: Int32

    /// Runs the program that was built beside the tests. Nothing of the tests' own environment reaches it.
    public init(_ product: String, _ words: [String], environment: [String: String] = [:]) throws {
        let directory = try TemporaryDirectory()
        let process = Process()
        process.executableURL = Bundle.main.bundleURL.appendingPathComponent(product)
        process.arguments = words
        process.environment = environment
        // Files, since of two pipes one can fill while the other is read.
        let paths = [directory.file("out"), directory.file("err")]
        for path in paths { try Data().write(to: URL(filePath: path)) }
        let files = try paths.map { try FileHandle(forWritingTo: URL(filePath: $0)) }
        process.standardOutput = files[0]
        process.standardError = files[1]
        try process.run()
        process.waitUntilExit()
        for file in files { try file.close() }
        let lines = try paths.map { path in
            try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        }
        (output, errors) = (lines[0], lines[1])
        code = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }
}
