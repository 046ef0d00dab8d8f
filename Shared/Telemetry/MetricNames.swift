/// The rules for names, from Prometheus' data model and its naming practices. Checked when a family is made.
enum MetricNames {
    static func check(name: String, help: String, kind: MetricFamily.Kind, labelNames: [String]) {
        precondition(isName(name), "\(name) is not a metric name in lower case")
        precondition(!help.isEmpty, "\(name) has no help")
        precondition(name.hasSuffix("_total") == (kind == .counter), "_total is for counters, and for all of them")
        for ending in ["_bucket", "_count", "_sum"] {
            precondition(!name.hasSuffix(ending), "\(name) could be mistaken for a part of a histogram")
        }
        for label in labelNames {
            precondition(isName(label) && !label.hasPrefix("__"), "\(label) is not a label name in lower case")
            precondition(label != "le", "le belongs to the buckets of histograms")
        }
        precondition(Set(labelNames).count == labelNames.count, "\(name) has a label twice")
    }

    static func check(buckets: [Double], of name: String) {
        precondition(!buckets.isEmpty, "\(name) has no bucket")
        precondition(buckets.allSatisfy(\.isFinite), "\(name) has a bucket without end")
        precondition(zip(buckets, buckets.dropFirst()).allSatisfy(<), "the buckets of \(name) don't rise")
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) else { return false }
        return text.utf8.allSatisfy { isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
    }
}
