internal import Cryptography
internal import Events

/// Of each factor of an instrument, a hash of everything that its result depends on: its rules, and the items that they
/// read with their answers and follow-up conditions.
///
/// Two versions with the same hash come to the same result for the same answers, so that a change from one form to the
/// next is the parent's and not the rules'. Neither the order of rules and items nor what else is in the instrument
/// matters. Made once for each version.
struct FactorDigests: Sendable {
    private let digests: [RiskFactor: [UInt8]]

    /// What is hashed of a factor.
    private struct Content: Encodable {
        let rules: [FactorRule]
        let items: [Item]
    }

    private struct Item: Encodable {
        let linkId: String
        let type: ItemType
        let options: [AnswerOption]
        let range: ItemRange?
        let askedWhen: AnswerPattern?
    }

    /// - Throws: `EventFault` when the rules can't be written; a fault of the program.
    init(_ definition: InstrumentDefinition) throws(EventFault) {
        let items = Dictionary(definition.items.map { ($0.linkId, $0) }) { first, _ in first }
        var digests: [RiskFactor: [UInt8]] = [:]
        for factor in definition.factors {
            let rules = definition.rules.filter { $0.factor == factor }.sorted { $0.code < $1.code }
            let read = Self.closure(of: rules.flatMap(\.items), in: items).map { item in
                Item(
                    linkId: item.linkId, type: item.type, options: item.options, range: item.range,
                    askedWhen: item.askedWhen)
            }
            digests[factor] = SHA256.hash(try EventCodec.canonical(Content(rules: rules, items: read)))
        }
        self.digests = digests
    }

    /// The factor's hash; nil when the instrument doesn't ask about it.
    subscript(_ factor: RiskFactor) -> [UInt8]? { digests[factor] }

    /// The items with those that decide whether they are asked, by code.
    private static func closure(of linkIds: [String], in items: [String: InstrumentItem]) -> [InstrumentItem] {
        var found: [String: InstrumentItem] = [:]
        var rest = linkIds
        while let linkId = rest.popLast() {
            guard found[linkId] == nil, let item = items[linkId] else { continue }
            found[linkId] = item
            if let gate = item.askedWhen?.item { rest.append(gate) }
        }
        return found.values.sorted { $0.linkId < $1.linkId }
    }
}

extension FactorRule {
    /// The items that the rule reads.
    fileprivate var items: [String] { triggers.map(\.item) + (terms ?? []).map(\.item) }
}
