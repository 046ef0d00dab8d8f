/// The one table: what was sent, and how far every service counts it.
struct Table: Sendable {
    struct Row: Sendable, Equatable {
        let fact: Fact
        let sent: Int
        /// By service; absent where the service doesn't count the fact.
        let counted: [Service: Int]

        var isReconciled: Bool { counted.values.allSatisfy { $0 == sent } }
    }

    let services: [Service]
    let rows: [Row]

    /// - Parameter counts: what each service answered on `/v1/counts`; one that isn't there isn't a column.
    init(sent: [Fact: Int], counts: [Service: [String: Int]]) {
        services = Service.allCases.filter { counts[$0] != nil }
        rows = Fact.allCases.map { fact in
            var counted: [Service: Int] = [:]
            for (service, names) in fact.names {
                guard let all = counts[service] else { continue }
                // What a service has none of it may leave out.
                counted[service] = names.reduce(0) { $0 + all[$1, default: 0] }
            }
            return Row(fact: fact, sent: sent[fact, default: 0], counted: counted)
        }
    }

    var isReconciled: Bool { rows.allSatisfy(\.isReconciled) }

    var text: String {
        var lines = [line("", "sent", services.map(\.rawValue), "")]
        lines.append(String(repeating: "-", count: lines[0].count))
        for row in rows {
            let cells = services.map { service in row.counted[service].map(String.init) ?? "–" }
            lines.append(line(row.fact.rawValue, String(row.sent), cells, row.isReconciled ? "ok" : "DIFFERS"))
        }
        return lines.joined(separator: "\n")
    }

    private func line(_ name: String, _ sent: String, _ cells: [String], _ verdict: String) -> String {
        let label = name.padded(to: Fact.allCases.map(\.rawValue.count).max() ?? 0)
        let columns = zip(services, cells).map { service, cell in cell.aligned(to: service.rawValue.count + 2) }
        return label + sent.aligned(to: 7) + columns.joined() + (verdict.isEmpty ? "" : "  " + verdict)
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
    fileprivate func aligned(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
