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
        let open: [Int]
        if isPlainCount {
            open = missing.filter { nodes[$0].reach.lowerBound < nodes[$0].reach.upperBound }
        } else {
            let sums = OpenSums(self, given)
            open = missing.filter(sums.canDecide)
        }
        return open.map { questions.all[nodes[$0].question].linkId }
    }
}
