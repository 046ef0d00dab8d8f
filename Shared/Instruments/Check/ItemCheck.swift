internal import Events

/// The rules about items and follow-ups.
struct ItemCheck {
    private(set) var faults: [InstrumentFault] = []
    /// The items that can be named: the first of each code.
    private(set) var items: [String: InstrumentItem] = [:]
    /// Items with faults of their own. What hangs on one can't be judged.
    private var faulty: Set<String> = []

    init(_ definition: InstrumentDefinition) {
        if definition.items.isEmpty {
            faults.append(InstrumentFault(.missing, at: "/definition/items", "needs at least one item"))
        }
        if definition.items.count > InstrumentLimits.itemsMax {
            let text = "has more than \(InstrumentLimits.itemsMax) items"
            faults.append(InstrumentFault(.tooMany, at: "/definition/items", text))
        }
        for (index, item) in definition.items.enumerated() {
            let place = "/definition/items/\(index)"
            var found = Self.faults(of: item, at: place)
            if items[item.linkId] != nil {
                found.append(InstrumentFault(.twice, at: "\(place)/linkId", "the item \(item.linkId) stands earlier"))
            }
            if let gate = item.askedWhen { found += gateFaults(gate, at: "\(place)/askedWhen", in: definition) }
            if !found.isEmpty { faulty.insert(item.linkId) }
            faults += found
            if items[item.linkId] == nil { items[item.linkId] = item }
        }
    }

    /// Whether an item and what decides that it is asked have no faults.
    func isSound(_ linkId: String) -> Bool {
        var next: String? = linkId
        // A gate stands earlier or is a fault, so that this comes to an end.
        while let here = next {
            guard let item = items[here], !faulty.contains(here) else { return false }
            next = item.askedWhen?.item
        }
        return true
    }

    private func gateFaults(
        _ gate: AnswerPattern, at place: String, in definition: InstrumentDefinition
    ) -> [InstrumentFault] {
        guard items[gate.item] != nil || !definition.items.contains(where: { $0.linkId == gate.item }) else {
            return [InstrumentFault(.gateNotEarlier, at: "\(place)/item", "must stand before the follow-up")]
        }
        return PatternCheck.faults(of: gate, at: place, among: items)
    }

    private static func faults(of item: InstrumentItem, at place: String) -> [InstrumentFault] {
        var faults: [InstrumentFault] = []
        func fault(_ rule: InstrumentFault.Rule, _ member: String, _ text: String) {
            faults.append(InstrumentFault(rule, at: "\(place)/\(member)", text))
        }
        if !CodeForm.isCode(item.linkId) { fault(.formWrong, "linkId", CodeForm.text) }
        if !item.type.isKnown {
            fault(.typeUnknown, "type", "must be one of \(ItemType.known.map(\.rawValue).joined(separator: ", "))")
        }
        if item.type == .choice {
            if item.options.isEmpty { fault(.missing, "options", "a choice needs options") }
        } else if item.type.isKnown, !item.options.isEmpty {
            fault(.notTaken, "options", "only a choice has options")
        }
        if item.type == .integer {
            if item.range == nil { fault(.missing, "range", "a whole number needs its range") }
        } else if item.type.isKnown, item.range != nil {
            fault(.notTaken, "range", "only a whole number has a range")
        }
        if let range = item.range {
            let isWithin = InstrumentLimits.values.contains(range.low) && InstrumentLimits.values.contains(range.high)
            if range.low > range.high || !isWithin {
                fault(.outOfBounds, "range", "must lie within \(bounds) and not end before it begins")
            }
        }
        if item.factor != nil, item.signal != nil {
            fault(.notTaken, "signal", "an item belongs to a factor or a signal, not to both")
        }
        return faults + optionFaults(of: item, at: place)
    }

    private static func optionFaults(of item: InstrumentItem, at place: String) -> [InstrumentFault] {
        var faults: [InstrumentFault] = []
        if item.options.count > InstrumentLimits.optionsMax {
            let text = "has more than \(InstrumentLimits.optionsMax) options"
            faults.append(InstrumentFault(.tooMany, at: "\(place)/options", text))
        }
        var seen: Set<String> = []
        for (index, option) in item.options.enumerated() {
            let place = "\(place)/options/\(index)"
            if !CodeForm.isCode(option.code) {
                faults.append(InstrumentFault(.formWrong, at: "\(place)/code", CodeForm.text))
            }
            if !seen.insert(option.code).inserted {
                let text = "the option \(option.code) stands earlier: its answers would overlap"
                faults.append(InstrumentFault(.twice, at: "\(place)/code", text))
            }
            if let value = option.value, !InstrumentLimits.values.contains(value) {
                faults.append(InstrumentFault(.outOfBounds, at: "\(place)/value", "must lie within \(bounds)"))
            }
        }
        return faults
    }

    private static var bounds: String {
        "\(InstrumentLimits.values.lowerBound) to \(InstrumentLimits.values.upperBound)"
    }
}

/// The form of codes.
enum CodeForm {
    static let text = "must be a code: letters, digits and . , + - _ /, at most 64"

    static func isCode(_ text: String) -> Bool { isMade(text, of: ".,+-_/", bytesMax: 64) }
    static func isVersion(_ text: String) -> Bool { isMade(text, of: ".-", bytesMax: 32) }

    /// A language tag (BCP 47, RFC 5646 section 2.1): letters first, then subtags of one to eight characters.
    static func isLanguage(_ text: String) -> Bool {
        guard isMade(text, of: "-", bytesMax: 35) else { return false }
        let subtags = text.split(separator: "-", omittingEmptySubsequences: false)
        return subtags.allSatisfy { (1...8).contains($0.utf8.count) }
            && subtags[0].utf8.count >= 2 && subtags[0].allSatisfy(\.isLetter)
    }

    private static func isMade(_ text: String, of others: String, bytesMax: Int) -> Bool {
        (1...bytesMax).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
                    || others.unicodeScalars.contains(scalar)
            }
    }
}
