import Events
import Foundation

/// The table and the picture of `PaperCheck.md`, made from a run.
struct PaperReport {
    static let textPath = "Tests/ScoringTests/PaperCheck/PaperCheck.md"
    static let picturePath = "Tests/ScoringTests/PaperCheck/PaperCheck.svg"

    private let rows: [Row]

    private struct Row {
        let share: PublishedFigures.Share
        let mothers: Double
        let fathers: Double
        let both: Double
        let independent: Double
    }

    init(_ results: PaperCheckTests.Results) {
        func row(_ share: PublishedFigures.Share, _ value: (Accuracy.Table) -> Double) -> Row {
            Row(
                share: share, mothers: value(results.mothers.whole), fathers: value(results.fathers.whole),
                both: value(results.both.whole), independent: value(results.independent.whole))
        }
        rows = [
            row(PublishedFigures.sensitivity, \.sensitivity), row(PublishedFigures.specificity, \.specificity),
            row(PublishedFigures.positiveValue, \.positiveValue), row(PublishedFigures.negativeValue, \.negativeValue),
        ]
    }

    /// In Markdown.
    var table: String {
        let head = [
            "| whole form, per cent | published | interval (derived) | both | mothers | fathers | independent |",
            "| --- | --- | --- | --- | --- | --- | --- |",
        ]
        let lines = rows.map { row in
            let interval = "\(text(row.share.interval.lowerBound))–\(text(row.share.interval.upperBound))"
            let figures = [row.both, row.mothers, row.fathers, row.independent].map(text).joined(separator: " | ")
            return "| \(row.share.name) | \(Int(row.share.percent)) | \(interval) | \(figures) |"
        }
        return (head + lines).joined(separator: "\n")
    }

    /// In SVG: the published intervals as bars, what came out as dots on them.
    var picture: String {
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 260\" font-family=\"sans-serif\" "
                + "font-size=\"13\" role=\"img\" aria-label=\"Published intervals and simulated figures\">",
            "<rect width=\"640\" height=\"260\" fill=\"#fff\"/>",
        ]
        for percent in stride(from: 40, through: 100, by: 10) {
            let x = place(Double(percent))
            parts.append("<line x1=\"\(x)\" x2=\"\(x)\" y1=\"20\" y2=\"200\" stroke=\"#ddd\"/>")
            parts.append("<text x=\"\(x)\" y=\"218\" text-anchor=\"middle\" fill=\"#444\">\(percent)</text>")
        }
        for (index, row) in rows.enumerated() {
            let y = 42 + index * 44
            let (low, high) = (place(row.share.interval.lowerBound), place(row.share.interval.upperBound))
            parts.append("<text x=\"8\" y=\"\(y + 5)\">\(row.share.name)</text>")
            parts.append("<rect x=\"\(low)\" y=\"\(y - 9)\" width=\"\(high - low)\" height=\"18\" fill=\"#cfe0f3\"/>")
            parts.append(
                "<line x1=\"\(place(row.share.percent))\" x2=\"\(place(row.share.percent))\" "
                    + "y1=\"\(y - 9)\" y2=\"\(y + 9)\" stroke=\"#1d5fa6\" stroke-width=\"2\"/>")
            parts.append(dot(row.mothers, y - 5, "#b3471d") + dot(row.fathers, y + 5, "#2c7a4b"))
            parts.append("<text x=\"\(place(row.independent))\" y=\"\(y + 5)\" text-anchor=\"middle\">×</text>")
        }
        parts.append(
            "<text x=\"8\" y=\"248\">bar: published interval · line: published · dots: mothers above, fathers below · "
                + "×: if independent</text>")
        return (parts + ["</svg>", ""]).joined(separator: "\n")
    }

    private func dot(_ percent: Double, _ y: Int, _ colour: String) -> String {
        "<circle cx=\"\(place(percent))\" cy=\"\(y)\" r=\"4\" fill=\"\(colour)\"/>"
    }

    /// Whole units, so that the picture is the same text on every machine.
    private func place(_ percent: Double) -> Int { 200 + Int(((percent - 30) * 6).rounded()) }

    private func text(_ percent: Double) -> String { String(format: "%.1f", percent) }
}
