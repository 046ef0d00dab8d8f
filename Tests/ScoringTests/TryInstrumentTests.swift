import Foundation
import Support
import Testing

/// The commands for those who write instruments, as processes without any setting.
@Suite("Trying an instrument")
struct TryInstrumentTests {
    static let kort = Repository.root.appending(path: InstrumentFiles.kort).path

    /// Runs `scoring` on files of a directory of its own.
    static func run(_ files: [String: String], _ words: (String) -> [String]) throws -> CommandUnderTest {
        let directory = try TemporaryDirectory()
        for (name, text) in files {
            try text.write(toFile: directory.file(name), atomically: true, encoding: .utf8)
        }
        let ending = try CommandUnderTest("scoring", words(directory.path + "/"))
        #expect(try directory.names() == files.keys.sorted(), "nothing else is written")
        return ending
    }

    static func evaluate(_ answers: String) throws -> CommandUnderTest {
        try run(["answers.json": answers]) { ["try", "--instrument", kort, "--answers", "\($0)answers.json"] }
    }

    @Test("the result of each factor is told with its rule, in words, and with what it is worth")
    func result() throws {
        let ending = try Self.evaluate(#"{"k-1": "always", "k-2": "never", "k-3": true, "k-4": 12, "k-5": "no"}"#)
        #expect(ending.code == 0 && ending.errors.isEmpty, "\(ending.errors)")
        let text = ending.output.joined(separator: "\n")
        #expect(ending.output.first?.hasPrefix("instrument: KORT/1.0.0 sha256 ") == true)
        #expect(ending.output.contains("alcohol: outcome"), "\(text)")
        #expect(text.contains("  sv: Utfall: ") && text.contains("  en: Outcome: "))
        #expect(text.contains("KORT/1.0.0#/definition/evidence/1: Inte undersökt"))
        #expect(!text.contains("always") && !text.contains(": 12"), "no answer is printed")
    }

    @Test("the same is told with what scoring costs when it is done many times")
    func manyTimes() throws {
        let answers = ["answers.json": #"{"k-1": "always"}"#]
        let once = try Self.evaluate(#"{"k-1": "always"}"#)
        func words(_ times: String) -> (String) -> [String] {
            { ["try", "--instrument", Self.kort, "--answers", "\($0)answers.json", "--times", times] }
        }
        let often = try Self.run(answers, words("1000"))
        #expect(often.code == 0 && often.output.dropLast() == once.output[...])
        #expect(often.output.last?.wholeMatch(of: /1000 times: \d+\.\d{3} CPU-us each/) != nil, "\(often.output)")
        for wrong in ["0", "-1", "many", "100000001"] {
            let refused = try Self.run(answers, words(wrong))
            #expect(refused.code == 2 && refused.output.isEmpty)
        }
    }

    @Test("an item that is left out is unanswered, whether null or not named")
    func leftOut() throws {
        let named = try Self.evaluate(#"{"k-1": null}"#)
        let unnamed = try Self.evaluate("{}")
        #expect(named.code == 0 && named.output == unnamed.output)
        #expect(named.output.contains("parental-stress: unknown") && named.output.contains("  unanswered: k-1, k-2"))
    }

    @Test(
        "answers that can't be ones to the instrument are refused with file, place and rule, and no value",
        arguments: [
            (#"{"k-1": "secret"}"#, "#/k-1: must be one of never, sometimes, often, always, or null"),
            (#"{"k-4": 99}"#, "#/k-4: must be a whole number from 0 to 14, or null"),
            (#"{"k-4": 1.5}"#, "#/k-4: must be a whole number from 0 to 14, or null"),
            (#"{"k-3": "yes"}"#, "#/k-3: must be true, false or null"),
            (#"{"k-9/x": "secret"}"#, "#/k-9~1x: the instrument has no such item"),
            (#"{"k-1": ["never"]}"#, "#/k-1: must be one of never, sometimes, often, always, or null"),
            (#"["never"]"#, "#: an object is expected"), (#"{"k-1": "never", "k-1": "never"}"#, "#: "),
            ("secret", "#: "), ("", "#: "),
        ])
    func wrongAnswers(text: String, line: String) throws {
        let ending = try Self.evaluate(text)
        #expect(ending.code == 65 && ending.output.isEmpty)
        #expect(ending.errors.count == 1 && ending.errors[0].contains("answers.json\(line)"), "\(ending.errors)")
        #expect(!ending.errors.joined().contains("secret"))
    }

    @Test("all faults of the answers are told at once")
    func allFaults() throws {
        let ending = try Self.evaluate(#"{"k-1": 1, "k-2": 2, "k-9": 3}"#)
        #expect(ending.code == 65 && ending.errors.count == 3)
    }

    @Test("an instrument of the repository keeps every rule", arguments: InstrumentFiles.all)
    func right(path: String) throws {
        let ending = try CommandUnderTest("scoring", ["check-instrument", Repository.root.appending(path: path).path])
        #expect(ending.code == 0 && ending.output.count == 3, "\(ending.output)")
        #expect(ending.output[0].hasSuffix(": keeps every rule"))
    }

    @Test(
        "an instrument's fault is named with file, place and rule",
        arguments: [
            (#""cutOff": 6"#, #""cutOff": 600"#, "#/definition/rules/0/cutOff: "),
            (#""item": "k-1""#, #""item": "k-7""#, "#/definition/rules/0/terms/0/item: "),
            (#""languages""#, #""langauges""#, "#/langauges: isn't a member of this object"),
            (#""kind": "weighted-sum""#, #""kind": "heavy-sum""#, "#/definition/rules/0/kind: must be one of any-of, "),
            (#""languages": ["#, #""languages": ["ar", "#, "#/languages/0: the wording is missing in ar"),
        ])
    func faulty(text: String, other: String, line: String) throws {
        let right = try String(contentsOfFile: Self.kort, encoding: .utf8)
        let wrong = right.replacing(text, with: other, maxReplacements: 1)
        #expect(wrong != right)
        let files = ["instrument.json": wrong]
        let checked = try Self.run(files) { ["check-instrument", "\($0)instrument.json"] }
        #expect(checked.code == 65 && checked.output.isEmpty)
        #expect(checked.errors.contains { $0.contains("instrument.json\(line)") }, "\(checked.errors)")
        let tried = try Self.run(files) { ["try", "--instrument", "\($0)instrument.json", "--answers", "nowhere"] }
        #expect(tried.code == 65 && tried.output.isEmpty && tried.errors == tried.errors.filter { $0.contains("#/") })
    }

    @Test(
        "a file that isn't there, or is no file, can't be read, and it is told why",
        arguments: [
            ("/nowhere/instrument.json", "No such file or directory"), ("/", "Is a directory"),
            (kort + "/instrument.json", "Not a directory"),
        ])
    func noFile(path: String, why: String) throws {
        let checked = try CommandUnderTest("scoring", ["check-instrument", path])
        #expect(checked.code == 65 && checked.errors == ["\(path)#: can't be read: \(why)"])
        let tried = try CommandUnderTest("scoring", ["try", "--instrument", Self.kort, "--answers", path])
        #expect(tried.code == 65 && tried.errors == ["\(path)#: can't be read: \(why)"])
    }

    @Test("what a file calls a member can't be taken for another line, nor for a terminal's orders")
    func forgedLine() throws {
        let member = String(repeating: "m", count: 500)
        let ending = try Self.evaluate(#"{"x\u001b[2J\nfile#: all is well\u0085": 1, "\#(member)": 1}"#)
        try #require(ending.code == 65 && ending.errors.count == 2, "\(ending.errors)")
        let rule = "the instrument has no such item"
        #expect(ending.errors[0].hasSuffix(#"#/x\u{1B}[2J\u{A}file#: all is well\u{85}: "# + rule))
        #expect(ending.errors[1].hasSuffix("#/\(member.prefix(100))…: " + rule))
    }

    @Test("who has more faults than are told is told that there are more")
    func manyFaults() throws {
        let members = (0..<600).map { #""x\#($0)": 1"# }.joined(separator: ", ")
        let ending = try Self.evaluate("{\(members)}")
        #expect(ending.code == 65 && ending.errors.count == 501)
        #expect(ending.errors.last?.hasSuffix("answers.json#: has more faults than these 500") == true)
    }

    @Test("what can't be read is told once, not also as what differs from the wording")
    func unreadable() throws {
        let right = try String(contentsOfFile: Self.kort, encoding: .utf8)
        for (text, other, place) in [
            (#""yes",\#n            "value": 1"#, #""yes", "value": "1""#, "/items/4/options/0/value"),
            (#""type": "boolean""#, #""type": "logical""#, "/items/2/type"),
        ] {
            let wrong = right.replacing(text, with: other, maxReplacements: 1)
            let ending = try Self.run(["instrument.json": wrong]) { ["check-instrument", "\($0)instrument.json"] }
            #expect(ending.code == 65 && ending.errors.count == 1, "\(ending.errors)")
            #expect(ending.errors.first?.contains("instrument.json#/definition\(place): must be ") == true)
        }
    }

    @Test(
        "a question or an option without a text, which nobody can answer, is named",
        arguments: [
            (#""text": "[TESTDATA] Fråga om stress","#, "", "item/0/text"),
            (
                "\"never\",\n              \"display\": \"Aldrig\"", "\"never\"",
                "item/0/answerOption/0/valueCoding/display"
            ),
        ])
    func noText(text: String, other: String, place: String) throws {
        let right = try String(contentsOfFile: Self.kort, encoding: .utf8)
        let wrong = right.replacing(text, with: other, maxReplacements: 1)
        #expect(wrong != right)
        let ending = try Self.run(["instrument.json": wrong]) { ["check-instrument", "\($0)instrument.json"] }
        #expect(ending.code == 65 && ending.errors.count == 1, "\(ending.errors)")
        #expect(ending.errors.last?.hasSuffix("instrument.json#/questionnaire/\(place): the text is missing") == true)
    }

    @Test(
        "words that aren't understood are answered by how they should look, code 2",
        arguments: [
            ["try"], ["try", "--instrument", "a"], ["try", "--answers", "a", "--answers", "b"],
            ["try", "--instrument", "a", "--answers", "b", "c"], ["try", "--instrument", "a", "--answers"],
            ["check-instrument"], ["check-instrument", "a", "b"], ["check-instrument", "--all"], ["score"], ["parked"],
        ])
    func usage(words: [String]) throws {
        let ending = try CommandUnderTest("scoring", words)
        #expect(ending.code == 2 && ending.output.isEmpty && !ending.errors.isEmpty)
        #expect(ending.errors.contains { $0.contains(words[0] == "score" ? "try --instrument" : words[0]) })
    }

    @Test("output that can't be written is told, code 74")
    func fullDevice() throws {
        let words = ["-c", #""$0" check-instrument "$1" >/dev/full"#, FinishedProgram.built("scoring"), Self.kort]
        #expect(try FinishedProgram("/bin/sh", words).code == 74)
    }

    @Test("help names the service's own commands beside those that all have")
    func help() throws {
        let scoring = try CommandUnderTest("scoring", ["--help"])
        #expect(scoring.code == 0 && scoring.output.contains { $0.contains("check-instrument FILE  ") })
        let notifier = try CommandUnderTest("notifier", ["--help"])
        #expect(!notifier.output.isEmpty && !notifier.output.contains { $0.contains("check-instrument") })
    }
}
