/// Sends all families in, several at once: each in its own order, all of them through one another.
struct Sending {
    private static let familiesAtOnce = 16

    let town: Town
    /// Between two steps of a family: nothing, or long enough for something to happen to the services meanwhile.
    let pause: Duration

    func send(_ families: [Family]) async -> SentFamily {
        let progress = Progress(families: families.count)
        let town = town
        let pause = pause
        let all = await withTaskGroup(of: SentFamily.self) { group in
            var waiting = families.makeIterator()
            func next() {
                guard let family = waiting.next() else { return }
                group.addTask {
                    var sender = FamilySender(family: family, town: town, pause: pause, progress: progress)
                    return await sender.send()
                }
            }
            for _ in 0..<Self.familiesAtOnce { next() }
            var all = SentFamily()
            for await sent in group {
                all.facts.merge(sent.facts) { $0 + $1 }
                all.troubles += sent.troubles
                next()
            }
            return all
        }
        await progress.end()
        return all
    }
}
