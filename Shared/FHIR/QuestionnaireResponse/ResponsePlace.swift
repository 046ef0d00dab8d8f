/// Where a walk through a response stands, kept as numbers so that a response without faults makes no text.
struct ResponsePlace {
    enum Step {
        case item(Int)
        case answer(Int)
    }

    private let root: String
    private var steps: [Step] = []

    init(root: String) {
        self.root = root
    }

    mutating func push(_ step: Step) { steps.append(step) }

    mutating func pop() { steps.removeLast() }

    /// The place as a FHIRPath, or that of a member there.
    func text(_ member: String? = nil) -> String {
        let here = steps.reduce(into: root) { place, step in
            switch step {
            case .item(let index): place += ".item[\(index)]"
            case .answer(let index): place += ".answer[\(index)]"
            }
        }
        return member.map { "\(here).\($0)" } ?? here
    }
}
