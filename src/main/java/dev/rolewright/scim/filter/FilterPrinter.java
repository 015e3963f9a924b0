package dev.rolewright.scim.filter;

import dev.rolewright.scim.filter.Filter.And;
import dev.rolewright.scim.filter.Filter.Comparison;
import dev.rolewright.scim.filter.Filter.Not;
import dev.rolewright.scim.filter.Filter.Or;
import dev.rolewright.scim.filter.Filter.Present;
import dev.rolewright.scim.filter.Filter.ValuePath;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

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
            case Or or -> join(or.chain(), " or ", Or.class::isInstance);
            case And and -> join(and.chain(), " and ", link -> link instanceof Or || link instanceof And);
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

    /// @param grouped which links would not come back as a link without parentheses
    private void join(List<Filter> links, String word, Predicate<Filter> grouped) {
        String before = "";
        for (Filter link : links) {
            out.append(before);
            write(link, grouped.test(link));
            before = word;
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
