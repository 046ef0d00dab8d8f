/// A Questionnaire that keeps all its rules, arranged so that holding a response to it is cheap.
///
/// Made once when a Questionnaire is loaded; a value, so that any number of threads may share it. Checking a response
/// of 18 answers costs a few microseconds.
public struct PreparedQuestionnaire: Sendable {
    /// The Questionnaire as it was given.
    public let questionnaire: Questionnaire
    /// Its url and version, as a response names it.
    public let canonical: Canonical
    /// All items in document order.
    let items: [Item]
    /// The items that stand below no other.
    let roots: [Int]
    private let positions: [String: Int]

    /// One item, by its place in `items`. A class, since a walk through a response looks at every item and copying a
    /// definition means counting a dozen references.
    final class Item: Sendable {
        let definition: Questionnaire.Item
        let parent: Int?
        let children: [Int]

        init(_ definition: Questionnaire.Item, below parent: Int?, children: [Int]) {
            self.definition = definition
            self.parent = parent
            self.children = children
        }

        var repeats: Bool { definition.repeats ?? false }
        var isRequired: Bool { definition.required ?? false }
    }

    /// Checks the whole Questionnaire and arranges it; the refusal has every rule that isn't kept, with its place.
    public init(_ questionnaire: Questionnaire) throws(FHIRRefusal) {
        var arranging = Arranging()
        let roots = arranging.add(questionnaire.items, below: nil, at: "Questionnaire")
        arranging.checkConditions()
        if questionnaire.url == nil || questionnaire.version == nil {
            arranging.rules.report(
                .required, at: "Questionnaire", "A Questionnaire has a url and a version, by which a response names it."
            )
        }
        guard arranging.rules.issues.isEmpty else {
            throw FHIRRefusal(.ruleBroken, arranging.rules.issues.all)
        }
        self.questionnaire = questionnaire
        canonical = Canonical(url: questionnaire.url ?? "", version: questionnaire.version)
        items = zip(arranging.found, arranging.children).map { found, children in
            Item(found.definition, below: found.parent, children: children)
        }
        self.roots = roots
        positions = arranging.positions
    }

    /// The place of an item in `items`.
    func position(of linkID: String) -> Int? { positions[linkID] }

    /// The item with a linkId, or nil.
    public func item(_ linkID: String) -> Questionnaire.Item? {
        position(of: linkID).map { items[$0].definition }
    }
}

/// The Questionnaire while it is being flattened.
private struct Arranging {
    var rules = QuestionnaireRules()
    /// The items in document order, with the one above each.
    private(set) var found: [(definition: Questionnaire.Item, parent: Int?)] = []
    private(set) var children: [[Int]] = []
    private(set) var positions: [String: Int] = [:]
    private var places: [String] = []

    mutating func add(_ definitions: [Questionnaire.Item], below parent: Int?, at place: String) -> [Int] {
        var added: [Int] = []
        for (index, definition) in definitions.enumerated() {
            let place = "\(place).item[\(index)]"
            rules.check(definition, at: place)
            let position = found.count
            if positions.updateValue(position, forKey: definition.linkID) != nil {
                rules.report(.invariant, at: "\(place).linkId", "A linkId is unique in the Questionnaire (que-2).")
            }
            found.append((definition, parent))
            children.append([])
            places.append(place)
            added.append(position)
            children[position] = add(definition.items, below: position, at: place)
        }
        return added
    }

    mutating func checkConditions() {
        for (item, place) in zip(found, places) {
            for (index, condition) in item.definition.enableWhen.enumerated() {
                check(condition, at: "\(place).enableWhen[\(index)]")
            }
        }
    }

    private mutating func check(_ condition: Questionnaire.EnableWhen, at place: String) {
        guard let position = positions[condition.question], found[position].definition.type.isQuestion else {
            rules.report(.invariant, at: "\(place).question", "A condition names a question of this Questionnaire.")
            return
        }
        let type = found[position].definition.type
        if condition.comparison == .exists {
            if case .boolean = condition.answer { return }
            rules.report(.invariant, at: place, "The operator exists takes a boolean (que-7).")
            return
        }
        if condition.comparison.needsOrder, !type.isOrdered {
            rules.report(.invariant, at: "\(place).operator", "Answers of type \(type.rawValue) have no order.")
        }
        if !type.takes(condition.answer) {
            rules.report(
                .value, at: "\(place).answer", "The question is of type \(type.rawValue); so must the answer be.")
        }
    }
}
