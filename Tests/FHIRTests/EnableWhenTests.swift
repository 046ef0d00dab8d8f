import Testing

@testable import FHIR

@Suite("A question is asked only when its conditions hold")
struct EnableWhenTests {
    private typealias Condition = Questionnaire.EnableWhen

    @Test("each operator on no answer, a lesser, the same and a greater one")
    func operators() {
        let answers: [[FHIRValue]] = [[], [.integer(1)], [.integer(2)], [.integer(3)]]
        func row(_ comparison: Condition.Operator) -> [Bool] {
            answers.map { Condition("q", comparison, .integer(2)).holds(for: $0) }
        }
        #expect(row(.equal) == [false, false, true, false])
        #expect(row(.notEqual) == [true, true, false, true])
        #expect(row(.greater) == [false, false, false, true])
        #expect(row(.less) == [false, true, false, false])
        #expect(row(.greaterOrEqual) == [false, false, true, true])
        #expect(row(.lessOrEqual) == [false, true, true, false])
    }

    @Test("exists asks whether there is an answer, or whether there is none")
    func exists() {
        let exists = Condition("q", .exists, .boolean(true))
        let missing = Condition("q", .exists, .boolean(false))
        #expect(exists.holds(for: [.string("x")]) && !exists.holds(for: []))
        #expect(missing.holds(for: []) && !missing.holds(for: [.string("x")]))
    }

    @Test("one of several answers is enough; for != none may be equal")
    func severalAnswers() {
        let answers: [FHIRValue] = [.integer(1), .integer(5)]
        #expect(Condition("q", .equal, .integer(5)).holds(for: answers))
        #expect(Condition("q", .greater, .integer(4)).holds(for: answers))
        #expect(!Condition("q", .notEqual, .integer(5)).holds(for: answers))
    }

    @Test("a coding is the same by system and code, whatever its display")
    func codings() {
        let condition = Condition("q", .equal, .coding(Coding(system: "s", code: "x")))
        #expect(condition.holds(for: [.coding(Coding(system: "s", version: "2", code: "x", display: "Ja"))]))
        #expect(!condition.holds(for: [.coding(Coding(system: "t", code: "x"))]))
        #expect(!condition.holds(for: [.coding(Coding(code: "x"))]))
    }

    @Test("times are compared as instants, dates within one precision, and nothing else is ordered")
    func order() throws {
        let noon = try FHIRValue.dateTime(#require(FHIRDateTime("2026-11-24T12:00:00+01:00")))
        let sameInstant = try FHIRValue.dateTime(#require(FHIRDateTime("2026-11-24T11:00:00Z")))
        let later = try FHIRValue.dateTime(#require(FHIRDateTime("2026-11-24T11:30:00Z")))
        #expect(Condition("q", .equal, noon).holds(for: [sameInstant]))
        #expect(Condition("q", .greater, noon).holds(for: [later]))
        let day = try FHIRValue.date(#require(FHIRDate("2026-11-24")))
        let year = try FHIRValue.date(#require(FHIRDate("2027")))
        #expect(!Condition("q", .greater, day).holds(for: [year]))
        #expect(!Condition("q", .less, day).holds(for: [year]))
        #expect(!Condition("q", .greater, .string("a")).holds(for: [.string("b")]))
    }

    @Test("all conditions must hold, or any, as the question says", arguments: ["all", "any"])
    func behaviour(_ behaviour: String) throws {
        let prepared = try prepare(
            questionnaire(
                items: #"{"linkId":"a","type":"boolean"},{"linkId":"b","type":"boolean"},"#
                    + #"{"linkId":"c","type":"boolean","enableBehavior":"\#(behaviour)","enableWhen":["#
                    + #"{"question":"a","operator":"=","answerBoolean":true},"#
                    + #"{"question":"b","operator":"=","answerBoolean":true}]}"#))
        func isAsked(_ a: Bool, _ b: Bool) throws -> Bool {
            let items = [("a", a), ("b", b)].map { Self.item($0, .boolean($1)) }
            return try prepared.answers(of: Self.response(items)).questions[2].state == .unanswered
        }
        #expect(try isAsked(true, true))
        #expect(try isAsked(true, false) == (behaviour == "any"))
        #expect(try !isAsked(false, false))
    }

    @Test("what is below a question that isn't asked isn't asked either")
    func below() throws {
        let prepared = try prepare(
            questionnaire(
                items: #"{"linkId":"a","type":"boolean"},{"linkId":"g","type":"group","#
                    + #""enableWhen":[{"question":"a","operator":"exists","answerBoolean":true}],"item":["#
                    + #"{"linkId":"h","type":"group","item":[{"linkId":"b","type":"string","required":true}]}]}"#))
        let answers = try prepared.answers(of: Self.response([]))
        #expect(answers.questions.map(\.state) == [.unanswered, .notEnabled])
        let inside = QuestionnaireResponse.Item(
            linkID: "g", items: [.init(linkID: "h", items: [Self.item("b", .string("x"))])])
        #expect(prepared.issues(in: Self.response([inside])).map(\.code) == [.businessRule])
        let answered = Self.response([Self.item("a", .boolean(false)), inside])
        #expect(prepared.issues(in: answered) == [])
    }

    @Test("in a group that repeats, a condition looks at the answer beside it")
    func nearest() throws {
        let prepared = try prepare(
            questionnaire(
                items: #"{"linkId":"g","type":"group","repeats":true,"item":[{"linkId":"a","type":"boolean"},"#
                    + #"{"linkId":"b","type":"string","required":true,"#
                    + #""enableWhen":[{"question":"a","operator":"=","answerBoolean":true}]}]}"#))
        func group(_ a: Bool, b: String?) -> QuestionnaireResponse.Item {
            .init(linkID: "g", items: [Self.item("a", .boolean(a))] + (b.map { [Self.item("b", .string($0))] } ?? []))
        }
        #expect(prepared.issues(in: Self.response([group(false, b: nil), group(true, b: "x")])) == [])
        #expect(
            prepared.issues(in: Self.response([group(true, b: nil), group(false, b: "x")])).map(\.code) == [
                .required, .businessRule,
            ])
    }

    private static func item(_ linkID: String, _ value: FHIRValue) -> QuestionnaireResponse.Item {
        .init(linkID: linkID, answers: [value])
    }

    private static func response(_ items: [QuestionnaireResponse.Item]) -> QuestionnaireResponse {
        QuestionnaireResponse(questionnaire: Canonical("https://example.org/q|1"), status: .completed, items: items)
    }
}
