public import Events

extension CompiledRule {
    /// What the rule says of some answers: an outcome or none only when no answer to what is missing can change it.
    public func result(of given: GivenAnswers) -> FactorResult {
        let sums = reach(given)
        return sums.lowerBound >= threshold ? .outcome : sums.upperBound < threshold ? .noOutcome : .unknown
    }

    /// The `linkId`s of the items whose answers count towards an outcome, in their order: of a weighted sum those that
    /// add more than the least they can.
    public func counted(of given: GivenAnswers, in questions: Questions) -> [String] {
        nodes.compactMap { node in
            guard given.isAsked(node.question) == .yes, let answer = given.values[node.question],
                node.contribution.of(answer) > node.idle
            else { return nil }
            return questions.all[node.question].linkId
        }
    }

    /// The least and the greatest sum that the answers come to, whatever is answered to what is missing.
    ///
    /// A follow-up that is not asked adds nothing, even if it was answered; whether it is asked is open while its gate
    /// is unanswered. Exact, at one visit to each question.
    func reach(_ given: GivenAnswers) -> ClosedRange<Int> {
        var low = 0
        var high = 0
        for root in roots {
            let sums = reach(of: root, given)
            low += sums.lowerBound
            high += sums.upperBound
        }
        return low...high
    }

    /// What a question that is asked adds, together with what hangs on it.
    func reach(of place: Int, _ given: GivenAnswers) -> ClosedRange<Int> {
        let node = nodes[place]
        let answer = given.values[node.question]
        if node.below.isEmpty {
            guard let answer else { return node.reach }
            let sum = node.contribution.of(answer)
            return sum...sum
        }
        let below = node.below.map { reach(of: $0, given) }
        if let answer { return reach(at: answer, node, below) }
        let all = node.corners.map { reach(at: $0, node, below) }
        let first = all.first ?? 0...0
        return all.dropFirst().reduce(first) {
            min($0.lowerBound, $1.lowerBound)...max($0.upperBound, $1.upperBound)
        }
    }

    private func reach(at answer: Int, _ node: Node, _ below: [ClosedRange<Int>]) -> ClosedRange<Int> {
        var low = node.contribution.of(answer)
        var high = low
        for (place, sums) in zip(node.below, below) where isAsked(place, at: answer) {
            low += sums.lowerBound
            high += sums.upperBound
        }
        return low...high
    }

    func isAsked(_ place: Int, at answer: Int) -> Bool { nodes[place].askedAt?.contains(answer) ?? true }
}
