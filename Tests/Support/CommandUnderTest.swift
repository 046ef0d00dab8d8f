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
        let finished = try FinishedProgram(FinishedProgram.built(product), words, environment: environment)
        (output, errors) = (Self.lines(finished.output), Self.lines(finished.errors))
        code = finished.code
    }

    private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
}
