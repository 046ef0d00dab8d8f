/// What a rule can still come to around each of its questions, under the answers of one form.
///
/// Found in one walk up and one walk down the trees of questions, for all of them at once.
struct OpenSums {
    /// Answers to a question after which the same follow-ups are asked.
    private struct Branch {
        /// Places of the follow-ups.
        let asked: [Int]
        /// What the answers themselves add.
        var own: SumSet
    }

    private let rule: CompiledRule
    /// Of each question, by what its follow-ups do, the answers that there can be.
    private var branches: [[Branch]] = []
    /// What a question that is asked can add together with its follow-ups.
    private var inside: [SumSet] = []
    /// What everything but that can add while the question is asked.
    private var outside: [SumSet] = []

    init(_ rule: CompiledRule, _ given: GivenAnswers) {
        self.rule = rule
        branches = rule.nodes.indices.map { Self.branches(of: $0, in: rule, given) }
        inside = [SumSet](repeating: SumSet(0), count: rule.nodes.count)
        // A follow-up stands after its gate.
        for place in rule.nodes.indices.reversed() {
            let all = branches[place].map { $0.asked.reduce($0.own) { $0.adding(inside[$1]) } }
            inside[place] = all.dropFirst().reduce(all.first ?? SumSet(0)) { $0.union($1) }
        }
        outside = inside
        for (root, others) in zip(rule.roots, besides(rule.roots)) { outside[root] = others }
        for place in rule.nodes.indices where !rule.nodes[place].below.isEmpty {
            // Of a follow-up that the answers say isn't asked nobody wants to know.
            var around: [Int: SumSet] = [:]
            for branch in branches[place] {
                for (followUp, others) in zip(branch.asked, besides(branch.asked)) {
                    let sums = branch.own.adding(others)
                    around[followUp] = around[followUp]?.union(sums) ?? sums
                }
            }
            for (followUp, sums) in around { outside[followUp] = sums.adding(outside[place]) }
        }
    }

    /// Whether two answers to an unanswered question stand on both sides of the threshold, for some answers to the
    /// others.
    func canDecide(_ place: Int) -> Bool {
        var sumsOfOthers: [[Int]: SumSet] = [:]
        for without in branches[place] {
            for with in branches[place] {
                let low = without.own.least + sum(of: without.asked, but: with.asked, \.least)
                let high = with.own.greatest + sum(of: with.asked, but: without.asked, \.greatest)
                guard low < high else { continue }
                let both = without.asked.filter(with.asked.contains)
                let deciding = rule.threshold - high..<rule.threshold - low
                let others = outside[place]
                guard deciding.lowerBound <= others.greatest + sum(of: both, \.greatest),
                    deciding.upperBound > others.least + sum(of: both, \.least)
                else { continue }
                let sums = sumsOfOthers[both] ?? both.reduce(others) { $0.adding(inside[$1]) }
                sumsOfOthers[both] = sums
                if sums.meets(deciding) { return true }
            }
        }
        return false
    }

    private static func branches(of place: Int, in rule: CompiledRule, _ given: GivenAnswers) -> [Branch] {
        let node = rule.nodes[place]
        var branches: [Branch] = []
        var places: [[Int]: Int] = [:]
        for answer in given.values[node.question].map({ $0...$0 }) ?? rule.possible[place] {
            let asked = node.below.filter { rule.isAsked($0, at: answer) }
            let own = SumSet(node.contribution.of(answer))
            if let known = places[asked] {
                branches[known].own = branches[known].own.union(own)
            } else {
                places[asked] = branches.count
                branches.append(Branch(asked: asked, own: own))
            }
        }
        return branches
    }

    /// Of each of some questions, what the others of them can add.
    private func besides(_ places: [Int]) -> [SumSet] {
        var after = [SumSet(0)]
        for place in places.dropFirst().reversed() { after.append(after[after.count - 1].adding(inside[place])) }
        var before = SumSet(0)
        return places.map { place in
            defer { before = before.adding(inside[place]) }
            return before.adding(after.removeLast())
        }
    }

    private func sum(of places: [Int], but others: [Int] = [], _ end: (SumSet) -> Int) -> Int {
        places.reduce(0) { others.contains($1) ? $0 : $0 + end(inside[$1]) }
    }
}
