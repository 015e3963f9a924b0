package dev.rolewright.scim.filter;

/// How much filter one request may bring.
///
/// @param length characters of the text
/// @param clauses single comparisons, `pr` included
/// @param depth parentheses and brackets open at once
public record FilterLimits(int length, int clauses, int depth) {

    /// Far above what identity providers send; the default of the configuration.
    public static final FilterLimits STANDARD = new FilterLimits(8_192, 100, 20);

    /// A larger configuration is a mistake: up to here reading, printing, binding and matching are proven to
    /// need less than a quarter of a default thread stack.
    private static final int MOST_CLAUSES = 1_000;

    private static final int MOST_DEPTH = 100;

    /// As much as may be configured at all, for a first reader whose second one knows the limits that are.
    public static final FilterLimits WIDEST = new FilterLimits(Integer.MAX_VALUE, MOST_CLAUSES, MOST_DEPTH);

    public FilterLimits {
        if (length < 1 || clauses < 1 || clauses > MOST_CLAUSES || depth < 1 || depth > MOST_DEPTH) {
            throw new IllegalArgumentException("filter limits: length from 1, clauses from 1 to " + MOST_CLAUSES
                    + ", depth from 1 to " + MOST_DEPTH + "; found " + length + ", " + clauses + ", " + depth);
        }
    }
}
