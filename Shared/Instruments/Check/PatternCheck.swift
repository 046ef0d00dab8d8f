internal import Events

/// The rules about patterns of answers: in rules, signals, acute marks and follow-ups.
enum PatternCheck {
    static func faults(
        of patterns: [AnswerPattern], at place: String, among items: [String: InstrumentItem]
    ) -> [InstrumentFault] {
        patterns.enumerated().flatMap { faults(of: $1, at: "\(place)/\($0)", among: items) }
    }

    static func faults(
        of pattern: AnswerPattern, at place: String, among items: [String: InstrumentItem]
    ) -> [InstrumentFault] {
        guard let item = items[pattern.item] else {
            return [InstrumentFault(.itemUnknown, at: "\(place)/item", "there is no item \(pattern.item)")]
        }
        // Of a kind that nobody knows it can't be said what answers it has.
        guard item.type.isKnown else { return [] }
        return item.type == .integer
            ? intervalFaults(of: pattern, at: place, item.range) : optionFaults(of: pattern, at: place, item)
    }

    private static func optionFaults(
        of pattern: AnswerPattern, at place: String, _ item: InstrumentItem
    ) -> [InstrumentFault] {
        var faults: [InstrumentFault] = []
        if pattern.from != nil || pattern.to != nil {
            let member = pattern.from != nil ? "from" : "to"
            faults.append(InstrumentFault(.notTaken, at: "\(place)/\(member)", "only a whole number has an interval"))
        }
        if pattern.options.isEmpty {
            faults.append(InstrumentFault(.missing, at: "\(place)/options", "needs at least one option"))
        }
        let codes = item.type == .boolean ? Questions.Kind.booleanCodes : item.options.map(\.code)
        var seen: Set<String> = []
        for (index, option) in pattern.options.enumerated() {
            let place = "\(place)/options/\(index)"
            if !codes.contains(option) {
                faults.append(InstrumentFault(.optionUnknown, at: place, "\(item.linkId) has no option \(option)"))
            }
            if !seen.insert(option).inserted {
                faults.append(InstrumentFault(.twice, at: place, "the option \(option) stands earlier"))
            }
        }
        return faults
    }

    private static func intervalFaults(
        of pattern: AnswerPattern, at place: String, _ range: ItemRange?
    ) -> [InstrumentFault] {
        var faults: [InstrumentFault] = []
        if !pattern.options.isEmpty {
            faults.append(
                InstrumentFault(.notTaken, at: "\(place)/options", "a whole number is counted by from and to"))
        }
        if pattern.from == nil, pattern.to == nil {
            faults.append(InstrumentFault(.missing, at: place, "needs from or to, or both"))
        }
        if let range,
            (pattern.from ?? range.low) > (pattern.to ?? range.high)
                || (pattern.from ?? range.low) < range.low || (pattern.to ?? range.high) > range.high
        {
            faults.append(
                InstrumentFault(.outOfBounds, at: place, "must lie within the item's range, from not after to"))
        }
        return faults
    }
}
