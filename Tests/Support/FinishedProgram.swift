internal import Foundation

/// A program that was run to its end.
public struct FinishedProgram: Sendable {
    /// What it wrote on standard output.
    public let output: String
    /// What it wrote on standard error.
    public let errors: String
    /// The exit code; a signal's number, negative, when a signal ended it.
    public let code: Int32

    /// Runs a program, holding the thread until it has ended.
    /// - Parameter environment: the whole of it; nil for that of the tests.
    public init(
        _ program: String, _ words: [String], environment: [String: String]? = nil, directory: String? = nil,
        input: String = ""
    ) throws {
        let (output, errors) = (try ScratchFile(), try ScratchFile())
        let process = try ChildProcess(
            program, words, environment: environment, directory: directory, input: try ScratchFile(input),
            output: output.descriptor, errors: errors.descriptor)
        code = process.waitForEnd().code
        (self.output, self.errors) = (try output.text(), try errors.text())
    }

    /// The path of a program that was built beside this one.
    public static func built(_ product: String) -> String {
        Bundle.main.bundleURL.appendingPathComponent(product).path
    }
}
