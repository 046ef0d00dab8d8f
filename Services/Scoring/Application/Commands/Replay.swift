internal import Cryptography
internal import Delivery
internal import Events
internal import Foundation
internal import Runtime
internal import Store

/// `scoring replay`: scores every kept form again by the version that decided it, compares by hash, and holds that
/// version against the one that has to have decided it. Reads only.
///
/// One request does a bounded part, on all of the store's reading connections, so that the service can stop in between
/// and its pages and commands wait for a moment only.
struct Replay: Sendable {
    /// How much is done at a time.
    struct Bounds: Sendable {
        /// Forms read on one connection at a time.
        var formsOfCut = 250
        /// Cuts made at once, for all connections.
        var cutsOfTurn = 8
        /// No turn is begun after so long in a request.
        var requestTime = Duration.seconds(1)
        /// Nor after so many differences, of which one fills some 200 bytes of the answer.
        var linesMax = 1000
    }

    private static let words = "replay"
    private let instruments = InstrumentTable()
    private let bounds: Bounds

    init(bounds: Bounds = Bounds()) { self.bounds = bounds }

    static let command: ServiceCommand = {
        let replay = Replay()
        return .onStore(words, "scores every form again and compares; exits 1 if any differs") {
            words throws(UsageFault) in
            let state = try ReplayState(words, usage: Self.words)
            return { try await replay.goOn(state, $0) }
        }
    }()

    /// Does one part.
    func goOn(_ earlier: ReplayState, _ context: CommandContext) async throws -> CommandResult {
        let store = context.store
        var state = earlier
        var lines: [String] = []
        if state.isNew {
            let (forms, altered) = try await store.read { scope in
                (try scope.count("SELECT count(*) FROM scored"), try instruments.altered(in: scope))
            }
            state.begin(total: forms, at: context.time.now())
            lines = altered.map { "instrument \($0) isn't the one that its hash names" }
            state.add(forms: 0, differing: altered.count, upTo: [])
        }
        let end = ContinuousClock.now + bounds.requestTime
        repeat {
            let turn = try await turn(after: state.after, in: store)
            lines += turn.lines
            state.add(forms: turn.forms, differing: turn.lines.count, upTo: turn.upTo)
            if turn.isEnd { return CommandResult(lines: lines + [state.summary], exitCode: state.exitCode) }
        } while ContinuousClock.now < end && lines.count < bounds.linesMax
        return CommandResult(
            lines: lines,
            goesOn: CommandResult.GoingOn(
                words: [Self.words] + state.words, progress: state.progress(at: context.time.now())))
    }

    /// What became of the forms between two cuts.
    private struct Part: Sendable {
        var forms = 0
        var lines: [String] = []
    }

    private func turn(
        after: [UInt8], in store: Store
    ) async throws -> (forms: Int, lines: [String], upTo: [UInt8], isEnd: Bool) {
        let (cuts, isEnd) = try await store.read { [bounds] scope in
            try ReplayTable.cuts(after: after, countMax: bounds.cutsOfTurn, formsMax: bounds.formsOfCut, in: scope)
        }
        let parts = try await withThrowingTaskGroup(of: (Int, Part).self) { group in
            for (number, cut) in cuts.enumerated() {
                let begin = number == 0 ? after : cuts[number - 1]
                group.addTask { (number, try await store.read { try part(after: begin, upTo: cut, in: $0) }) }
            }
            return try await group.reduce(into: [Int: Part]()) { $0[$1.0] = $1.1 }
        }
        let inOrder = cuts.indices.compactMap { parts[$0] }
        return (inOrder.reduce(0) { $0 + $1.forms }, inOrder.flatMap(\.lines), cuts.last ?? after, isEnd)
    }

    private func part(after: [UInt8], upTo: [UInt8], in store: ReadScope) throws -> Part {
        var part = Part()
        var recomputing = Recomputing(by: try ReRunTable.rulings(in: store))
        try ReplayTable.forEach(after: after, upTo: upTo, instruments, in: store) { kept in
            part.forms += 1
            let screening = kept.place.screening.text
            do throws(Recomputing.Obstacle) {
                let outcome = try recomputing.next(kept)
                guard let difference = outcome.difference else { return }
                part.lines.append(
                    "\(screening) differs: \(difference); now \(outcome.digest.hexText), kept \(kept.digest.hexText)")
            } catch {
                part.lines.append("\(screening) can't be scored again: \(error.reason)")
            }
        }
        return part
    }
}
