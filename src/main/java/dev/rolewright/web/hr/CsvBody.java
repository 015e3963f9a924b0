package dev.rolewright.web.hr;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A CSV file with a header: each row an object with the names of the columns, without those that are empty.
final class CsvBody extends FeedBody {

    private static final String PERSON = "person";

    /// The columns of our own form that name the person.
    private static final Map<String, String> PEOPLE = Map.of(
            "employeeNumber", "employeeNumber",
            "email", "email",
            "userName", "userName",
            "externalId", "externalId",
            "personId", "id");

    private static final List<String> COLUMNS = Stream.concat(
                    EventBody.MEMBERS.stream().filter(name -> !name.equals(PERSON)),
                    PEOPLE.keySet().stream().sorted())
            .toList();

    private final Csv csv;
    private final boolean foreign;
    private final List<String> columns;

    /// @param foreign whether the columns are not those of our own form
    CsvBody(InputStream bytes, boolean foreign) throws IOException {
        this.csv = new Csv(bytes);
        this.foreign = foreign;
        Csv.Entry header = csv.header()
                .orElseThrow(() -> HrProblem.invalid("The first row must name the columns; there is none."));
        if (header.problem().isPresent()) {
            throw HrProblem.invalid(
                    "The first row must name the columns. " + header.problem().get());
        }
        this.columns = header.fields();
        if (new HashSet<>(columns).size() < columns.size()) {
            throw HrProblem.invalid("Two columns have the same name.");
        }
        if (!foreign && !COLUMNS.containsAll(columns)) {
            throw HrProblem.invalid("There may be these columns only: " + String.join(", ", COLUMNS) + ".");
        }
    }

    @Override
    @Nullable
    Row read() throws IOException {
        Optional<Csv.Entry> entry = csv.next();
        while (entry.filter(CsvBody::isEmpty).isPresent()) {
            entry = csv.next();
        }
        return entry.map(this::row).orElse(null);
    }

    private Row row(Csv.Entry entry) {
        if (entry.problem().isPresent()) {
            return new Row.Broken(entry.line(), entry.problem().get());
        }
        if (entry.fields().size() != columns.size()) {
            return new Row.Broken(
                    entry.line(),
                    "The row has " + entry.fields().size() + " fields and the first one " + columns.size() + ".");
        }
        return new Row.Read(entry.line(), object(entry.fields()));
    }

    private static boolean isEmpty(Csv.Entry entry) {
        return entry.problem().isEmpty() && entry.fields().stream().allMatch(String::isEmpty);
    }

    private ObjectNode object(List<String> fields) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < fields.size(); i++) {
            String column = columns.get(i);
            if (!fields.get(i).isEmpty()) {
                if (!foreign && PEOPLE.containsKey(column)) {
                    object.withObjectProperty(PERSON).put(PEOPLE.get(column), fields.get(i));
                } else {
                    object.put(column, fields.get(i));
                }
            }
        }
        return object;
    }
}
