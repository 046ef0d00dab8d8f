internal import Delivery
internal import Documents
internal import Events
internal import Foundation
internal import Instruments

/// The commands for those who write instruments: they need neither store nor broker nor settings, and change nothing.
enum TryInstrument {
    private static let checkWords = "check-instrument FILE"
    private static let evaluateWords = "try --instrument FILE --answers FILE [--times N]"
    private static let timesMax = 100_000_000

    static let check = ServiceCommand.offline(checkWords, "names everything that is wrong with an instrument") {
        words throws(UsageFault) in
        let path = try CommandOptions(words, restCount: 1, usage: checkWords).rest[0]
        return { try check(path) }
    }

    static let evaluate = ServiceCommand.offline(evaluateWords, "scores answers that somebody wrote") {
        words throws(UsageFault) in
        let options = try CommandOptions(words, valued: ["--instrument", "--answers", "--times"], usage: evaluateWords)
        guard let instrument = options.values["--instrument"], let answers = options.values["--answers"] else {
            throw CommandOptions.fault("both files are needed", evaluateWords)
        }
        guard let times = Int(options.values["--times"] ?? "1"), (1...timesMax).contains(times) else {
            throw CommandOptions.fault("--times is from 1 to \(timesMax)", evaluateWords)
        }
        return { try evaluate(instrument: instrument, answers: answers, times: times) }
    }

    private static func check(_ path: String) throws -> CommandResult {
        var faults = FileFaults()
        let file = faults.read(path, InstrumentFile.init)
        guard faults.lines.isEmpty, let published = file?.checked.published else {
            throw ServiceFault(description: faults.description, exitCode: wrongData)
        }
        let definition = published.definition
        return CommandResult(lines: [
            "\(path): keeps every rule", published.instrument.line,
            "\(definition.items.count) items, \(definition.factors.count) factors, \(definition.rules.count) rules, "
                + "\(definition.signals.count) signals, \(definition.acute.count) acute marks; "
                + "languages \(published.languages.joined(separator: ", ")); "
                + (published.licensed ? "licensed" : "not licensed: a placeholder"),
        ])
    }

    private static func evaluate(
        instrument path: String, answers answersPath: String, times: Int
    ) throws -> CommandResult {
        var faults = FileFaults()
        guard let checked = faults.read(path, InstrumentFile.init)?.checked, faults.lines.isEmpty else {
            throw ServiceFault(description: faults.description, exitCode: wrongData)
        }
        let answers = faults.read(answersPath) { AnswersFile.read(&$0, to: checked) }
        guard let answers, faults.lines.isEmpty else {
            throw ServiceFault(description: faults.description, exitCode: wrongData)
        }
        let instrument = try Instrument(checked)
        let score = try instrument.score(answers)
        let cost = times > 1 ? [try self.cost(of: answers, by: instrument, times: times)] : []
        let factors = try score.factors.flatMap { factor in
            // Nothing was answered before.
            let outcome = FactorOutcome(
                factor: factor.factor, result: factor.result, because: factor.because, unanswered: factor.unanswered,
                rule: factor.rule, change: .first)
            return try FactorLines.lines(of: outcome, answers, by: instrument, tellsAnswers: true)
        }
        return CommandResult(
            lines: [checked.published.instrument.line] + factors
                + FactorLines.lines(signals: score.signals, acute: score.acute, by: checked.published) + cost)
    }

    /// What scoring these answers costs, measured over so many times.
    private static func cost(of answers: [ItemAnswer], by instrument: Instrument, times: Int) throws -> String {
        let before = clock()
        for _ in 0..<times { _ = try instrument.score(answers) }
        let microseconds = Double(clock() - before) * 1e6 / Double(CLOCKS_PER_SEC) / Double(times)
        return "\(times) times: \(String(format: "%.3f", microseconds)) CPU-us each"
    }

    /// sysexits.h: the input is wrong.
    private static let wrongData: Int32 = 65
}
