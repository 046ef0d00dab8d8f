import Testing

@testable import Delivery

@Suite("The log's line about parked records")
struct ParkingLineTests {
    private let start = ContinuousClock.now

    @Test("comes at once, then every ten seconds with the sum, and not when nothing was parked")
    func paced() {
        var line = ParkingLine()
        #expect(line.told(at: start) == nil)
        line.note([.early: 2])
        #expect(line.told(at: start)?.text == "2 early")
        line.note([.early: 3])
        line.note([.early: 1, .behind: 4])
        #expect(line.told(at: start + .seconds(9)) == nil)
        #expect(line.told(at: start + .seconds(10))?.text == "4 early, 4 behind")
        #expect(line.told(at: start + .seconds(30)) == nil)
    }

    @Test("needs somebody when a record was refused, was the end of the process, or is of a later release")
    func needs() {
        func told(_ parked: [ParkedState: Int]) -> ParkingLine.Told? {
            var line = ParkingLine()
            line.note(parked)
            return line.told(at: start)
        }
        #expect(told([.early: 1, .behind: 1])?.needsSomebody == false)
        for state in [ParkedState.refused, .died, .unknownType] {
            #expect(told([state: 1, .behind: 7]) == .init(needsSomebody: true, text: "1 \(state.rawValue), 7 behind"))
        }
    }

    @Test("tells at the end what it had kept back")
    func rest() {
        var line = ParkingLine()
        line.note([.refused: 1])
        #expect(line.told(at: start) != nil)
        line.note([.refused: 2])
        #expect(line.rest(at: start + .seconds(1))?.text == "2 refused")
        #expect(line.rest(at: start + .seconds(1)) == nil)
    }
}
