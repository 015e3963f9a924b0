package dev.rolewright.scim.filter;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/// A filter held against a resource type: every path is a definition, every operand is in the form in which
/// values of that definition are compared, and no operator is left that does not fit its type.
///
/// **Logic.** Two-valued: a comparison is true when *some* value of the path satisfies it and false
/// otherwise, so an absent attribute makes every comparison false and every {@link Not} of one true. `ne` is
/// not here: it is the `Not` of the equality (no value equals), and comparing with null is {@link Present} or
/// its `Not`.
///
/// **Documents.** A reader may rely on canonical documents: names in schema spelling, no nulls, no empty
/// arrays or objects (RFC 7643 §2.5), values of the declared type.
public sealed interface Bound {

    /// The outcome when it does not depend on the document.
    record Constant(boolean value) implements Bound {}

    /// All of two or more parts, none of which is itself an `And` or a constant.
    record And(List<Bound> parts) implements Bound {

        public And {
            parts = List.copyOf(parts);
        }
    }

    /// One of two or more parts, none of which is itself an `Or` or a constant.
    record Or(List<Bound> parts) implements Bound {

        public Or {
            parts = List.copyOf(parts);
        }
    }

    /// Never directly around another `Not` or a constant.
    record Not(Bound inner) implements Bound {}

    /// What is asked of the values of one path.
    sealed interface Comparison extends Bound {

        Resolved path();
    }

    /// Some value of the path is there and not empty (RFC 7644 §3.4.2.2 `pr`): for a complex path any object,
    /// for a simple one any value but the empty string.
    record Present(Resolved path) implements Comparison {}

    /// A string, reference, binary or dateTime compared as text, by code point. The operand is folded
    /// unless the definition is case-exact; a dateTime is in the form of `DateTimes.canonical`. A binary
    /// knows only `EQ`.
    record TextOrder(Resolved path, Order order, String operand) implements Comparison {}

    /// A piece of a string, reference, binary or dateTime; the operand is folded unless the
    /// definition is case-exact.
    record TextPart(Resolved path, Part part, String operand) implements Comparison {}

    record NumberOrder(Resolved path, Order order, BigDecimal operand) implements Comparison {}

    record Truth(Resolved path, boolean operand) implements Comparison {}

    /// One and the same element of the path satisfies `inner`. The paths of `inner` repeat this path's
    /// attribute and are read from the element: their sub-attribute, or for a simple multi-valued attribute
    /// the element itself. The only member that opens another context, and never inside itself.
    record Element(Resolved path, Bound inner) implements Bound {}

    /// Every path that is read, as often as it is.
    default Stream<Resolved> paths() {
        return switch (this) {
            case Constant _ -> Stream.of();
            case And(List<Bound> parts) -> parts.stream().flatMap(Bound::paths);
            case Or(List<Bound> parts) -> parts.stream().flatMap(Bound::paths);
            case Not(Bound inner) -> inner.paths();
            case Comparison comparison -> Stream.of(comparison.path());
            case Element(Resolved path, Bound inner) -> Stream.concat(Stream.of(path), inner.paths());
        };
    }

    enum Order {
        EQ,
        GT,
        GE,
        LT,
        LE;

        /// @param comparison of the value with the operand, as a comparator answers it
        public boolean holds(int comparison) {
            return switch (this) {
                case EQ -> comparison == 0;
                case GT -> comparison > 0;
                case GE -> comparison >= 0;
                case LT -> comparison < 0;
                case LE -> comparison <= 0;
            };
        }
    }

    enum Part {
        CONTAINS,
        STARTS,
        ENDS;

        public boolean holds(String value, String operand) {
            return switch (this) {
                case CONTAINS -> value.contains(operand);
                case STARTS -> value.startsWith(operand);
                case ENDS -> value.endsWith(operand);
            };
        }
    }
}
