public import Foundation

/// What a table is in regard to children. Every table of a store has a rule, and a test compares the rules with the
/// schema, so that a new table can't be forgotten.
public enum TableRule: Sendable {
    /// The table carries the child in a column of the name `child`; the statement deletes one child's rows. Of a table
    /// that is tallied, `tally` selects the name and number of that child's rows of each kind.
    case aboutChild(String, delete: StaticString, tally: (part: StaticString, select: StaticString)? = nil)
    /// Rows that the law keeps (HSLF-FS 2016:40, 4 kap. 9 §): the statement empties what names one child.
    case keptForAudit(String, empty: StaticString)
    /// The table says nothing about any child, and why it doesn't.
    case notAboutChild(String, why: String)

    /// The table's name.
    public var table: String {
        switch self {
        case .aboutChild(let table, _, _), .keptForAudit(let table, _), .notAboutChild(let table, _): table
        }
    }
}

/// Erases a child from a store: the one function of each store that does (DESIGN 3.3).
public struct Erasure: Sendable {
    /// One rule for each table.
    public let rules: [TableRule]

    /// Rules for all tables of a store.
    public init(_ rules: [TableRule]) {
        self.rules = rules
    }

    /// Deletes every row about the child, and empties those that are kept.
    /// - Returns: how many rows were touched.
    @discardableResult
    public func erase(child: UUID, in transaction: Transaction) throws -> Int {
        var erased = 0
        for rule in rules {
            switch rule {
            case .aboutChild(_, let statement, let tally):
                if let tally {
                    let rows = try transaction.all(tally.select, .uuid(child)) { ($0.text(0), $0.int(1)) }
                    for (name, count) in rows { transaction.tally(tally.part, name, by: -count) }
                }
                erased += try transaction.execute(statement, .uuid(child))
            case .keptForAudit(_, let statement):
                erased += try transaction.execute(statement, .uuid(child))
            case .notAboutChild: break
            }
        }
        return erased
    }

    /// What is wrong with the rules, compared with the schema: empty when nothing is.
    public func faults(in scope: ReadScope) throws -> [String] {
        var faults: [String] = []
        let tables = Set(try scope.tableNames())
        let ruled = Set(rules.map(\.table))
        faults += tables.subtracting(ruled).sorted().map { "table \($0) has no rule" }
        faults += ruled.subtracting(tables).sorted().map { "rule for \($0), which is no table" }
        faults += try tallyFaults(in: scope, tables: tables)
        for rule in rules {
            let hasChild = try scope.columnNames(of: rule.table).contains("child")
            switch rule {
            case .aboutChild(let table, let delete, _):
                if !hasChild { faults.append("table \(table) is about a child and has no column child") }
                if delete.description != "DELETE FROM \(table) WHERE child = ?" {
                    faults.append("the statement for \(table) deletes something else")
                }
            case .keptForAudit(let table, let empty):
                if !hasChild || !empty.description.contains("child = NULL") {
                    faults.append("the statement for \(table) leaves the child in place")
                }
            case .notAboutChild(let table, _):
                if hasChild { faults.append("table \(table) has a column child and a rule that says it hasn't") }
            }
        }
        return faults
    }

    /// A child's rows that go uncounted would stay in the numbers for good.
    private func tallyFaults(in scope: ReadScope, tables: Set<String>) throws -> [String] {
        guard tables.contains("tally") else { return [] }
        let tallied = Set(try scope.all("SELECT DISTINCT part FROM tally") { $0.text(0) })
        return rules.compactMap { rule in
            switch rule {
            case .aboutChild(let table, _, nil) where tallied.contains(table):
                "table \(table) is tallied and its rule doesn't say which rows go"
            case .aboutChild(let table, _, let tally?) where tally.part.description != table:
                "the rule for \(table) counts rows of \(tally.part)"
            case .aboutChild(let table, _, .some) where !tallied.contains(table):
                "table \(table) has a rule for numbers that nobody keeps"
            default: nil
            }
        }
    }
}
