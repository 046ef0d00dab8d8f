extension [Double] {
    /// The middle one, of an even number the upper of the two; 0 of none.
    var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}
