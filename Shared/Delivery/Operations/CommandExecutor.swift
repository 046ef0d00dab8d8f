internal import Events
internal import Foundation
internal import Kafka
internal import Runtime
internal import Store

/// Carries out commands on an open store: the running service's, or one that the command opened for itself.
struct CommandExecutor: Sendable {
    let service: ServiceName
    let settings: ServiceSettings
    let store: Store
    let names: TopicNames
    let time: TimeSource
    /// The service's own commands.
    let own: [ServiceCommand]
    /// Applies parked records that are ready. The running service leaves that to its worker.
    let applyReady: @Sendable () async throws -> Void
    /// Called after a watermark was moved back.
    let wakeRelay: @Sendable () -> Void

    /// Carries out the command that the words ask for.
    /// - Throws: `UsageFault`, `StoreFailure`, `ServiceFault`, or what the service's own command throws.
    func execute(_ words: [String], by operatorName: String) async throws -> CommandResult {
        switch try AskedCommand(words, own: own) {
        case .common(let command): return try await execute(command, by: operatorName)
        case .onStore(let work):
            return try await work(CommandContext(store: store, time: time, operatorName: operatorName))
        case .offline(let work): return try work()
        }
    }

    private func execute(_ command: OperatorCommand, by operatorName: String) async throws -> CommandResult {
        let parked = ParkedCommands(store: store, names: names, time: time, operatorName: operatorName)
        switch command {
        case .parkedList: return try await parked.list()
        case .parkedShow(let seq): return try await parked.show(seq)
        case .parkedRedrive(let seq): return try await redrive(seq, parked)
        case .parkedDiscard(let seq, let reason):
            let result = try await parked.discard(seq, reason: reason)
            try await applyReady()
            return result
        case .auditVerify: return try await verifyAudit()
        case .backup(let path):
            return try await ServiceBackup(service: service, keys: settings.backupKeys, time: time)
                .make(of: store, to: path)
        case .migrate: return CommandResult(lines: ["the schema is up to date"])
        case .recover(.republish(let topic)):
            let recovering = self.recovering(operatorName)
            let result = try await store.write { try recovering.republish(topic, in: $0) }
            wakeRelay()
            return result
        case .recover(.adoptCluster):
            let recovering = self.recovering(operatorName)
            return try await store.write { try recovering.adoptCluster(in: $0) }
        case .recover(.reread(let topic)):
            let recovering = self.recovering(operatorName)
            return try await store.write { try recovering.reread(topic, in: $0) }
        case .restore, .recover(.rolledBack), .recover(.takeOver):
            return CommandResult(lines: ["needs the broker or an empty directory"], exitCode: 70)
        }
    }

    func recovering(_ operatorName: String) -> Recovering {
        Recovering(service: service, names: names, time: time, operatorName: operatorName)
    }

    private func redrive(_ seq: Int64, _ parked: ParkedCommands) async throws -> CommandResult {
        if let refusal = try await parked.makeReady(seq) { return refusal }
        try await applyReady()
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            if let outcome = try await parked.outcome(of: seq) { return outcome }
            try await Task.sleep(for: .milliseconds(20))
        }
        return CommandResult(lines: ["\(seq) is ready; the worker has not come to it within 30 s"], exitCode: 75)
    }

    private func verifyAudit() async throws -> CommandResult {
        let (rows, broken) = try await store.read { try AuditTrail.verify(in: $0) }
        if let broken { return CommandResult(lines: ["the chain breaks at row \(broken)"], exitCode: 65) }
        return CommandResult(lines: ["\(rows) audit rows, the chain holds"])
    }
}
