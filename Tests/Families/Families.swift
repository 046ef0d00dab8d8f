internal import Foundation
internal import HTTPClient
internal import Runtime
internal import Support

/// Plays everybody round the five services: record systems, tablets, nurses, recipients. A development tool.
@main
enum Families {
    private static let usage = """
        families credentials --demo DIR --receiver URL --into DIR
            makes up tokens and webhook secrets, for the services' files and for this tool
        families write --demo DIR --into DIR [--children 200] [--seed 1] [--day YYYY-MM-DD]
            writes synthetic families as ordinary files, one folder a family; nothing happens after the day
        families send --demo DIR --from DIR --callers FILE --intake URL --notifier URL --receiver URL
                      --operations intake=URL,scoring=URL,…
            sends the files in and prints how far every service counts them; exits 0 only if all agree
        """
    /// The command line is wrong.
    private static let misunderstood: Int32 = 2
    private static let differs: Int32 = 1

    static func main() async {
        do {
            let options = try Options(Array(CommandLine.arguments.dropFirst()))
            switch options.command {
            case "credentials": try credentials(options)
            case "write": try write(options)
            case "send": if try await !send(options) { exit(differs) }
            case "help", "--help": print(usage)
            default: throw Options.Misunderstood(description: usage)
            }
        } catch let fault as Options.Misunderstood {
            end(fault, misunderstood)
        } catch {
            end(error, differs)
        }
    }

    private static func end(_ error: any Error, _ code: Int32) -> Never {
        FileHandle.standardError.write(Data("families: \(error)\n".utf8))
        exit(code)
    }

    private static func credentials(_ options: Options) throws {
        let demo = try options.folder("demo")
        var credentials = Credentials(
            registry: try Registry.read(demo), recipients: try Recipients.read(demo),
            receiver: try options.text("receiver"))
        try credentials.write(into: try options.folder("into"))
    }

    private static func write(_ options: Options) throws {
        let demo = try options.folder("demo")
        let seed = UInt64(try options.number("seed", in: 0...Int.max, default: 1))
        let count = try options.number("children", in: 1...9_999, default: 200)
        let today = String(Timestamp(Date()).rfc3339.prefix(10))
        let day = options.text("day", default: today)
        guard let lastDay = Timestamp(rfc3339: "\(day)T00:00:00Z") else {
            throw Options.Misunderstood(description: "--day is a day, as \(today)")
        }
        let recipients = try Recipients.read(demo)
        var planner = Planner(registry: try Registry.read(demo), recipients: recipients, seed: seed)
        let writer = FamilyWriter(
            instrument: try Instrument.read(demo), recipients: recipients, seed: seed, lastDay: lastDay)
        var dice = Dice(seed: seed &+ 1)
        let families = planner.families(count).map { writer.family($0, by: &dice) }
        let folder = try options.text("into")
        try FamilyFolder(folder).write(families)
        print("\(families.count) synthetic families by seed \(seed), until \(day), in \(folder)")
    }

    private static func send(_ options: Options) async throws -> Bool {
        let demo = try options.folder("demo")
        let registry = try Registry.read(demo)
        let families = try FamilyFolder(try options.text("from")).read(registry)
        var settings = HTTPClientSettings()
        settings.allowsPrivateAddresses = true
        settings.concurrentTransfersMax = 64
        settings.transfersPerOriginMax = 32
        settings.timeout = .seconds(60)
        let client = try HTTPClient(settings: settings)
        let town = Town(
            client: client, intake: try options.text("intake"), notifier: try options.text("notifier"),
            callers: try Callers.read(URL(filePath: try options.text("callers"))), registry: registry,
            recipients: try Recipients.read(demo), instrument: try Instrument.read(demo),
            mailbox: MunicipalMailbox(
                receiver: Caller(client: client, base: try options.text("receiver"), token: nil)))
        let pause = Duration.milliseconds(
            try options.number("pause-milliseconds", in: 0...60_000, default: 0))
        let sent = await Sending(town: town, pause: pause).send(families)
        let table = try await Reconciling(client: client, operations: try options.addresses("operations"))
            .table(of: sent.facts)
        print(table.text)
        for trouble in sent.troubles { print("REFUSED  \(trouble)") }
        return table.isReconciled && sent.troubles.isEmpty
    }
}
