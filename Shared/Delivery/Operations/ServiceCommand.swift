public import Runtime
public import Store

/// A command of one service, beside those that every service has.
///
/// Its words are understood where they were typed, before anything is opened, and once more where they are carried out.
/// What it prints is its result; a person's data is printed only by a command that leaves an audit row.
public struct ServiceCommand: Sendable {
    /// Carries a command out in the process in which it was typed.
    public typealias OfflineWork = @Sendable () throws -> CommandResult
    /// Carries a command out in the process that holds the store: the running service, else the command's own.
    public typealias StoreWork = @Sendable (CommandContext) async throws -> CommandResult

    enum Kind: Sendable {
        case offline(@Sendable ([String]) throws(UsageFault) -> OfflineWork)
        case onStore(@Sendable ([String]) throws(UsageFault) -> StoreWork)
    }

    /// How a command line looks, beginning with the command's name.
    let words: String
    /// What it does.
    let summary: String
    let kind: Kind

    /// A command that needs neither settings nor store nor broker.
    /// - Parameters:
    ///   - words: how a command line looks, beginning with the command's name: `try --instrument FILE`.
    ///   - summary: what it does, in a few words for `--help`.
    ///   - understand: reads the words after the name.
    public static func offline(
        _ words: String, _ summary: String,
        _ understand: @escaping @Sendable ([String]) throws(UsageFault) -> OfflineWork
    ) -> ServiceCommand {
        ServiceCommand(words: words, summary: summary, kind: .offline(understand))
    }

    /// A command that needs the store, and no broker. It must end within seconds, since a stop of the service waits for
    /// it: one that takes longer goes on with `CommandResult.goesOn`. Parameters as of `offline`.
    public static func onStore(
        _ words: String, _ summary: String,
        _ understand: @escaping @Sendable ([String]) throws(UsageFault) -> StoreWork
    ) -> ServiceCommand {
        ServiceCommand(words: words, summary: summary, kind: .onStore(understand))
    }

    var name: String { String(words.prefix { $0 != " " }) }

    /// The command in `--help`.
    var usage: String {
        let column = 36
        let gap =
            words.count < column
            ? String(repeating: " ", count: column - words.count) : "\n" + String(repeating: " ", count: column + 2)
        return "  \(words)\(gap)\(summary)"
    }
}

/// What a command on the store is given.
public struct CommandContext: Sendable {
    /// The store.
    public let store: Store
    /// The clock.
    public let time: TimeSource
    /// The name of the person at the terminal, for the audit.
    public let operatorName: String
}

/// What a command printed and how it ended.
public struct CommandResult: Sendable, Codable, Equatable {
    /// What is left to do of a command that takes long. The person at the terminal can stop it in between, and so can
    /// the service.
    public struct GoingOn: Sendable, Codable, Equatable {
        /// Before the place from which a command goes on, among its words. Nobody types it: a command line that has
        /// it is refused.
        public static let option = "--goes-on"

        /// The command by which it goes on.
        public let words: [String]
        /// How far it has come, for the person who waits: a line on standard error.
        public let progress: String

        /// A part that is left.
        public init(words: [String], progress: String) {
            self.words = words
            self.progress = progress
        }
    }

    /// Lines on standard output.
    public var lines: [String]
    /// The process's exit code, as `ServiceProcess.main` lists them.
    public var exitCode: Int32
    /// What is left to do; the exit code counts only when nothing is.
    public var goesOn: GoingOn?

    /// A result.
    public init(lines: [String], exitCode: Int32 = 0, goesOn: GoingOn? = nil) {
        self.lines = lines
        self.exitCode = exitCode
        self.goesOn = goesOn
    }
}

/// A command line that wasn't understood. Nothing has been done.
public struct UsageFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// How it should look.
    public let description: String

    /// The process's exit code, as of shells and most programs.
    static let exitCode: Int32 = 2

    /// A command line that should look otherwise.
    public init(_ description: String) { self.description = description }
}
