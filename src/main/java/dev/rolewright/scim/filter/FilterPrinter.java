package dev.rolewright.scim.filter;

import dev.rolewright.scim.filter.Filter.And;
import dev.rolewright.scim.filter.Filter.Comparison;
import dev.rolewright.scim.filter.Filter.Not;
import dev.rolewright.scim.filter.Filter.Or;
import dev.rolewright.scim.filter.Filter.Present;
import dev.rolewright.scim.filter.Filter.ValuePath;
import dev.rolewright.scim.patch.PatchPath;
import java.util.Locale;

/// Writes a filter so that parsing gives the same tree back, with the fewest parentheses that keep it.
public final class FilterPrinter {

    private final StringBuilder out = new StringBuilder();

    private FilterPrinter() {}

    public static String print(Filter filter) {
        FilterPrinter printer = new FilterPrinter();
        printer.write(filter);
        return printer.out.toString();
    }

    public static String print(PatchPath path) {
        String selector = path.selector() == null ? "" : "[" + print(path.selector()) + "]";
        return path.attribute() + selector + (path.subOfMatch() == null ? "" : "." + path.subOfMatch());
    }

    private void write(Filter filter) {
        switch (filter) {
            case Or(Filter left, Filter right) -> {
                write(left);
                out.append(" or ");
                write(right, right instanceof Or);
            }
            case And(Filter left, Filter right) -> {
                write(left, left instanceof Or);
                out.append(" and ");
                write(right, right instanceof Or || right instanceof And);
            }
            case Not(Filter inner) -> {
                out.append("not ");
                write(inner, true);
            }
            case Present(AttributePath path) -> out.append(path).append(" pr");
            case Comparison comparison -> {
                out.append(comparison.path()).append(' ');
                out.append(comparison.operator().name().toLowerCase(Locale.ROOT))
                        .append(' ');
                Literals.print(comparison.literal(), out);
            }
            case ValuePath(AttributePath path, Filter inner) -> {
                out.append(path).append('[');
                write(inner);
                out.append(']');
            }
        }
    }

    private void write(Filter filter, boolean grouped) {
        if (grouped) {
            out.append('(');
        }
        write(filter);
        if (grouped) {
            out.append(')');
        }
    }
}
