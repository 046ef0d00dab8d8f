/// What a command line asks for: one of the commands that every service has, or one of this service's own. Pure.
enum AskedCommand: Sendable {
    case common(OperatorCommand)
    case offline(ServiceCommand.OfflineWork)
    case onStore(ServiceCommand.StoreWork)

    /// Whether the running service carries the command out.
    var worksOnRunningService: Bool {
        switch self {
        case .common(let command): command.worksOnRunningService
        case .offline: false
        case .onStore: true
        }
    }

    /// Whether the command may begin where there is no store; the others are about one that is there.
    var mayMakeStore: Bool {
        switch self {
        case .common(let command): command.mayMakeStore
        case .offline, .onStore: false
        }
    }

    init(_ words: [String], own: [ServiceCommand]) throws(UsageFault) {
        guard let command = own.first(where: { $0.name == words.first }) else {
            self = .common(try OperatorCommand(words, own: own))
            return
        }
        let rest = Array(words.dropFirst())
        switch command.kind {
        case .offline(let understand): self = .offline(try understand(rest))
        case .onStore(let understand): self = .onStore(try understand(rest))
        }
    }
}
