extension CompiledRule {
    /// The `linkId`s of the unanswered items that could still change a result that is unknown, in their order.
    ///
    /// Exact: an item is among them if and only if the other missing answers can be such that one answer to it makes
    /// an outcome and another doesn't. Told of each rule by itself.
    public func open(_ given: GivenAnswers, in questions: Questions) -> [String] {
        let missing = nodes.indices.filter { place in
            let question = nodes[place].question
            return given.values[question] == nil && given.isAsked(question) != .no
        }
        // Of a plain count that is unknown every one can be the last that was needed: as many others as are still
        // wanted but one count, the rest don't.
        let open = missing.filter { place in
            isPlainCount
                ? nodes[place].reach.lowerBound < nodes[place].reach.upperBound : canDecide(place, given)
        }
        return open.map { questions.all[nodes[$0].question].linkId }
    }

    /// Whether two answers to a question stand on both sides of the threshold, for some answers to the others.
    private func canDecide(_ place: Int, _ given: GivenAnswers) -> Bool {
        let node = nodes[place]
        var sumsOfOthers: [[Int]: Set<Int>] = [:]
        for without in node.corners {
            for with in node.corners where with != without {
                let low = node.contribution.of(without) + only(at: without, not: with, below: node, given).lowerBound
                let high = node.contribution.of(with) + only(at: with, not: without, below: node, given).upperBound
                guard low < high else { continue }
                let both = node.below.filter { isAsked($0, at: without) && isAsked($0, at: with) }
                let others = sumsOfOthers[both] ?? sums(beside: place, both, given)
                sumsOfOthers[both] = others
                if others.contains(where: { $0 + low < threshold && threshold <= $0 + high }) { return true }
            }
        }
        return false
    }

    /// What the follow-ups add that one answer asks and the other doesn't.
    private func only(
        at answer: Int, not other: Int, below node: Node, _ given: GivenAnswers
    ) -> ClosedRange<Int> {
        var low = 0
        var high = 0
        for place in node.below where isAsked(place, at: answer) && !isAsked(place, at: other) {
            let sums = reach(of: place, given)
            low += sums.lowerBound
            high += sums.upperBound
        }
        return low...high
    }

    /// The sums that all other questions can come to while a question is asked, with those of its follow-ups that are
    /// asked at either of its answers.
    ///
    /// Sums are whole numbers within the rule's span, which the check bounds (`InstrumentLimits.spanMax`).
    private func sums(beside question: Int, _ followUps: [Int], _ given: GivenAnswers) -> Set<Int> {
        var way: Set<Int> = [question]
        while let above = way.compactMap({ nodes[$0].above }).first(where: { !way.contains($0) }) { way.insert(above) }

        func sums(of place: Int) -> Set<Int> {
            let node = nodes[place]
            if place == question { return Self.added(followUps.map(sums)) }
            let below = node.below.map { (place: $0, sums: sums(of: $0)) }
            let onTheWay = node.below.first(where: way.contains)
            let answers = given.values[node.question].map { $0...$0 } ?? possible[place]
            return answers.reduce(into: []) { all, answer in
                if let onTheWay, !isAsked(onTheWay, at: answer) { return }
                let own = node.contribution.of(answer)
                let asked = below.filter { isAsked($0.place, at: answer) }
                all.formUnion(Self.added(asked.map(\.sums)).map { own + $0 })
            }
        }
        return Self.added(roots.map(sums))
    }

    /// Every sum of one member of each set.
    private static func added(_ sets: [Set<Int>]) -> Set<Int> {
        sets.reduce([0]) { sums, more in Set(sums.flatMap { sum in more.map { sum + $0 } }) }
    }
}
