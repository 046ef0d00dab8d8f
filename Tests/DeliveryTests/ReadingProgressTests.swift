import Kafka
import Testing

@testable import Delivery

@Suite("The progress of a long reading")
struct ReadingProgressTests {
    private let start = ContinuousClock.now

    private func place(_ partition: Int32) -> TopicPartition { TopicPartition(topic: "t", partition: partition) }

    private func progress() -> ReadingProgress {
        ReadingProgress(
            from: [place(0): 50, place(1): 0, place(2): 7], to: [place(0): 250, place(1): 100, place(2): 7], at: start)
    }

    @Test("tells what is done of what there was, and the time left at the pace so far")
    func text() {
        var progress = progress()
        #expect(progress.text(at: start + .seconds(2)) == "0 of 300 records")
        progress.read(place(0), next: 150)
        #expect(progress.text(at: start + .seconds(5)) == "100 of 300 records, about 10 s left")
    }

    @Test("is over when every partition is past its end, whatever came since")
    func over() {
        var progress = progress()
        progress.read(place(0), next: 400)
        #expect(!progress.isOver)
        progress.read(place(1), next: 100)
        #expect(progress.isOver && progress.done == progress.total)
    }

    @Test("gives a line for the log every five seconds, and none at the end")
    func lines() {
        var progress = progress()
        progress.read(place(0), next: 60)
        #expect(progress.line(at: start + .seconds(4)) == nil)
        #expect(progress.line(at: start + .seconds(5)) != nil)
        #expect(progress.line(at: start + .seconds(6)) == nil)
        progress.read(place(0), next: 250)
        progress.read(place(1), next: 100)
        #expect(progress.line(at: start + .seconds(20)) == nil)
    }
}
