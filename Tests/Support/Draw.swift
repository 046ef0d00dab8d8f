internal import Events
internal import Foundation
internal import Runtime

/// Random values of any decodable type. It poses as a decoder, so that a type's own reading drives what is drawn and a
/// new member can't be forgotten.
final class Draw {
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    var decoder: any Decoder { RandomDecoder(draw: self, codingPath: []) }

    func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    func uuid() -> UUID { UUID(high: random.next(), low: random.next(), version: 4) }

    /// Some instant of 2020–2035.
    func timestamp() -> Timestamp {
        Timestamp(milliseconds: 1_577_836_800_000 + Int64.random(in: 0..<473_385_600_000, using: &random))
    }

    /// Text that fits the member of that name.
    func text(for path: [any CodingKey]) -> String {
        switch path.last(where: { $0.intValue == nil })?.stringValue {
        case "region": "23"
        case "sha256": (0..<64).map { _ in String(below(16), radix: 16) }.joined()
        case "municipality", "residenceMunicipality": String(2_000 + below(999))
        case "language", "languages": ["sv", "en", "ar", "so", "ti", "sr-Latn"][below(6)]
        case "cms": Data((0..<(1 + below(90))).map { _ in UInt8(below(256)) }).base64EncodedString()
        default: ["a", "b/c", "d-1", "Östersund", "snowman ☃", "quote \" and \\", "line\nbreak", "🧸"][below(8)]
        }
    }

    /// A value of a type that has few, or whose reading is stricter than its JSON; nil for any other type.
    func special<Value: Decodable>(_ type: Value.Type, at path: [any CodingKey]) throws -> Value? {
        if type == Timestamp.self { return timestamp() as? Value }
        if type == CalendarDay.self { return CalendarDay(day()) as? Value }
        if type == CalendarMonth.self { return CalendarMonth(String(day().prefix(7))) as? Value }
        if type == ImpreciseDate.self { return impreciseDate() as? Value }
        if type == AnswerValue.self { return answerValue() as? Value }
        if type == CommonMembers.self { return try commonMembers() as? Value }
        if let code = type as? any OpenCode.Type { return openCode(code) as? Value }
        if let cases = type as? any CaseIterable.Type { return oneCase(of: cases) as? Value }
        if let identifier = type as? any UUIDReadable.Type { return identifier.init(uuid()) as? Value }
        return nil
    }

    private func day() -> String { String(timestamp().rfc3339.prefix(10)) }

    private func impreciseDate() -> ImpreciseDate? {
        let day = day()
        switch below(3) {
        case 0: return ImpreciseDate(day, .day)
        case 1: return ImpreciseDate("\(day.prefix(4))-H\(1 + below(2))", .halfYear)
        default: return ImpreciseDate(String(day.prefix(4)), .year)
        }
    }

    private func answerValue() -> AnswerValue {
        switch below(4) {
        case 0: .integer(below(1_000))
        case 1: .boolean(below(2) == 0)
        default: .code(text(for: []))
        }
    }

    private func commonMembers() throws -> CommonMembers {
        CommonMembers(
            occurredAt: timestamp(), region: "23", unit: below(2) == 0 ? nil : "SE2321000131-E\(below(1_000))",
            residenceMunicipality: below(2) == 0 ? nil : "23\(10 + below(80))", actor: try Actor(from: decoder),
            revision: 1 + below(9), replaces: below(2) == 0 ? nil : EventID(uuid()), restricted: below(8) == 0,
            synthetic: true, registryVersion: "2026-\(below(9))")
    }

    /// A known code, or now and then one from a later release.
    private func openCode<Code: OpenCode>(_ code: Code.Type) -> Code {
        below(10) == 0 ? Code(rawValue: "later-\(below(100))") : Code.known[below(Code.known.count)]
    }

    private func oneCase<Cases: CaseIterable>(of cases: Cases.Type) -> Cases? {
        Cases.allCases.randomElement(using: &random)
    }
}

/// What has a UUID as its text.
protocol UUIDReadable {
    init(_ uuid: UUID)
}

extension Identifier: UUIDReadable {}
