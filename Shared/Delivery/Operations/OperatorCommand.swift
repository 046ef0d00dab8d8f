internal import Events

/// What an operator can ask of a service's store, from the words of a command line. Pure.
enum OperatorCommand: Sendable, Equatable {
    case parkedList
    case parkedShow(Int64)
    case parkedRedrive(Int64)
    case parkedDiscard(Int64, reason: String)
    case auditVerify
    case backup(path: String)
    case restore(path: String)
    case migrate
    case recover(Recovery)

    /// How an operator answers a refusal of the log check.
    enum Recovery: Sendable, Equatable {
        case adoptCluster
        case reread(topic: String)
        case rolledBack
        case takeOver
        case republish(topic: String)
    }

    /// Whether the running service carries the command out; the others need the store for themselves.
    var worksOnRunningService: Bool {
        switch self {
        case .restore, .migrate: false
        case .recover(let recovery):
            if case .republish = recovery { true } else { false }
        case .parkedList, .parkedShow, .parkedRedrive, .parkedDiscard, .auditVerify, .backup: true
        }
    }

    /// Whether it may begin where there is no store. A lost one's successor takes back what that had said.
    var mayMakeStore: Bool {
        switch self {
        case .restore, .migrate, .recover(.rolledBack): true
        case .parkedList, .parkedShow, .parkedRedrive, .parkedDiscard, .auditVerify, .backup, .recover: false
        }
    }

    /// All commands of a service, a line each or more.
    static func usage(with own: [ServiceCommand]) -> String { ([common] + own.map(\.usage)).joined(separator: "\n") }

    private static let common = """
        commands: (none) runs the service
          check-config                        says what is wrong with the settings and their files
          settings                            the table of settings
          fault-points                        the named places of the crash suite
          migrate                             brings the store's schema up to date
          backup FILE | restore FILE          sealed copies of the store
          parked list | show N                records that wait
          parked redrive N                    applies a parked record and those behind it, in order
          parked discard N --reason TEXT      lets a parked record go; audited
          audit verify                        walks the chain of audit rows
          recover adopt-cluster               takes another cluster's log as its own, from the beginning
          recover reread TOPIC                reads a replaced topic from the beginning
          recover rolled-back                 takes back from its own topics what an older store had said
          recover take-over                   fences another store that reads as this service
          recover republish TOPIC             publishes a topic again from the journal
        """

    /// - Parameter own: the service's own commands, for telling which there are.
    init(_ words: [String], own: [ServiceCommand] = []) throws(UsageFault) {
        switch words.first {
        case "parked": self = try Self.parked(Array(words.dropFirst()))
        case "audit" where words == ["audit", "verify"]: self = .auditVerify
        case "backup" where words.count == 2: self = .backup(path: words[1])
        case "restore" where words.count == 2: self = .restore(path: words[1])
        case "migrate" where words.count == 1: self = .migrate
        case "recover": self = .recover(try Self.recovery(Array(words.dropFirst())))
        default: throw UsageFault("unknown command\n\(Self.usage(with: own))")
        }
    }

    private static func parked(_ words: [String]) throws(UsageFault) -> OperatorCommand {
        if words == ["list"] { return .parkedList }
        guard words.count >= 2, let number = Int64(words[1]), number > 0 else {
            throw UsageFault("parked list | show N | redrive N | discard N --reason TEXT")
        }
        switch (words[0], words.count) {
        case ("show", 2): return .parkedShow(number)
        case ("redrive", 2): return .parkedRedrive(number)
        case ("discard", 4) where words[2] == "--reason" && words[3].contains { !$0.isWhitespace }:
            return .parkedDiscard(number, reason: words[3])
        default: throw UsageFault("parked discard N --reason TEXT: discarding needs a reason")
        }
    }

    private static func recovery(_ words: [String]) throws(UsageFault) -> Recovery {
        switch (words.first, words.count) {
        case ("adopt-cluster", 1): return .adoptCluster
        case ("rolled-back", 1): return .rolledBack
        case ("take-over", 1): return .takeOver
        case ("reread", 2): return .reread(topic: words[1])
        case ("republish", 2): return .republish(topic: words[1])
        default:
            throw UsageFault("recover adopt-cluster | reread TOPIC | rolled-back | take-over | republish TOPIC")
        }
    }
}
