package dev.rolewright.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import dev.rolewright.scim.GeneratedFilters;
import dev.rolewright.scim.GeneratedPeople;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.Vocabulary;
import dev.rolewright.scim.filter.Filter.And;
import dev.rolewright.scim.filter.Filter.Comparison;
import dev.rolewright.scim.filter.Filter.Not;
import dev.rolewright.scim.filter.Filter.Operator;
import dev.rolewright.scim.filter.Filter.Or;
import dev.rolewright.scim.filter.Filter.Present;
import dev.rolewright.scim.filter.Filter.ValuePath;
import dev.rolewright.scim.schema.AcmeCatalog;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.StandardCatalog;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our reading of filters against a foreign one: text in, verdict out, on thousands of generated pairs. Where
/// the RFC makes us differ, a test of its own shows both verdicts and names the paragraph.
class UnboundIdLawTest {

    private static final ResourceType USER = AcmeCatalog.USER;
    private static final long SEED = 43;

    @Test
    void agreesOnEveryFilterThatHasOneReading() throws Exception {
        GeneratedFilters filters = new GeneratedFilters(SEED, USER, Vocabulary.PLAIN, path -> true);
        List<ObjectNode> people = Stream.generate(new GeneratedPeople(SEED, USER, Vocabulary.PLAIN)::resource)
                .limit(25)
                .toList();
        List<JsonNode> foreign =
                people.stream().map(UnboundIdEvaluator::foreign).toList();
        int matched = 0;
        for (int i = 0; i < 2_000; i++) {
            Filter filter = filters.filter(i % 5);
            Bound bound = Binder.bind(filter, USER);
            var theirs = com.unboundid.scim2.common.filters.Filter.fromString(FilterPrinter.print(explicit(filter)));
            for (int j = 0; j < people.size(); j++) {
                boolean ours = Matcher.matches(bound, people.get(j));
                matched += ours ? 1 : 0;
                if (ours != UnboundIdEvaluator.matches(theirs, USER, foreign.get(j))) {
                    fail(FilterPrinter.print(filter) + " is " + ours + " for us on " + people.get(j));
                }
            }
        }

        assertThat(matched).as("matches among 50,000 pairs").isBetween(15_000, 35_000);
    }

    @Test
    void theEmptyStringIsNotPresent() throws Exception {
        // RFC 7644 §3.4.2.2: pr asks for a "non-empty" value.
        bothSay("title pr", "{\"title\": \"\"}", false, true);
    }

    @Test
    void theWordNullIsAValue() throws Exception {
        // RFC 7643 §2.5: unassigned is the null value; a text of four letters is assigned.
        bothSay("title eq null", "{\"title\": \"null\"}", false, true);
    }

    @Test
    void aComplexAttributeComparesByItsValue() throws Exception {
        // RFC 7644 §3.4.2.2 has the example (emails co "example.com"); RFC 7643 §2.4 makes "value" the default.
        String document = "{\"emails\": [{\"type\": \"work\", \"value\": \"ada@example.org\"}]}";

        bothSay("emails co \"example.org\"", document, true, false);
        bothSay("emails.value co \"example.org\"", document, true, true);
    }

    @Test
    void caseIsMoreThanAscii() throws Exception {
        // RFC 7643 §2.2: caseExact false makes comparisons ignore case, and not only that of single letters.
        bothSay("title eq \"STRASSE\"", "{\"title\": \"straße\"}", true, false);
        bothSay("title eq \"ZOË\"", "{\"title\": \"Zoe\u0308\"}", true, false);
        bothSay("title sw \"ΟΔΟΣ\"", "{\"title\": \"οδοσα\"}", true, false);
    }

    @Test
    void textIsOrderedByCodePoint() throws Exception {
        // RFC 7644 §3.4.2.2: gt is lexicographical; a character is a code point, not half a surrogate pair.
        bothSay("title gt \"\uFF41\"", "{\"title\": \"😀\"}", true, false);
    }

    @Test
    void microsecondsCount() throws Exception {
        // RFC 7643 §2.3.5: an xsd:dateTime may have any fraction.
        String document = "{\"meta\": {\"created\": \"2026-11-21T00:20:27.000002Z\"}}";

        bothSay("meta.created gt \"2026-11-21T00:20:27.000001Z\"", document, true, false);
        bothSay("meta.created eq \"2026-11-21T01:20:27.000002+01:00\"", document, true, true);
    }

    @Test
    void aPieceOfATimeIsLookedForInUtc() throws Exception {
        // RFC 7643 §2.3.5: the value is the point in time, not its spelling.
        String document = "{\"meta\": {\"created\": \"2026-11-21T00:20:27+01:00\"}}";

        bothSay("meta.created sw \"2026-11-20T23\"", document, true, false);
    }

    @Test
    void aQuotedTruthIsATruth() throws Exception {
        // RFC 7644 §3.4.2.2 knows booleans without quotes only; Entra ID sends them with.
        bothSay("active eq \"True\"", "{\"active\": true}", true, false);
    }

    @Test
    void theValueOfAMatchIsTheOneOfThatElement() throws Exception {
        // Not in the grammar of RFC 7644 §3.4.2.2, but what Entra ID looks people up with.
        String entra = "emails[type eq \"work\"].value eq \"a\"";

        assertThat(FilterPrinter.print(FilterParser.parse(entra, FilterLimits.STANDARD)))
                .isEqualTo("emails[type eq \"work\" and value eq \"a\"]");
        assertThatThrownBy(() -> com.unboundid.scim2.common.filters.Filter.fromString(entra))
                .isInstanceOf(BadRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // RFC 7644 §3.4.2.2: an operator that does not fit the type SHALL be a 400 invalidFilter ...
                "active gt false",
                "x509Certificates.value lt \"AA==\"",
                // ... and an unknown attribute or a literal of another type is a mistake nobody should take for "no
                // match".
                "shoeSize eq 44",
                "urn:example:acme:1.0:User:level eq \"3\"",
                "title eq 3",
                "title gt null"
            })
    void refusesWhatCanOnlyBeAMistakeWhateverTheDocument(String filter) throws Exception {
        ObjectNode nobody = StandardCatalog.json("{}");

        assertThatThrownBy(() -> ours(filter, nobody)).isInstanceOf(ScimProblem.class);
        assertThat(theirs(filter, nobody)).isFalse();
    }

    /// The same filter with the `value` of complex attributes written out.
    private static Filter explicit(Filter filter) {
        return switch (filter) {
            case And(Filter left, Filter right) -> new And(explicit(left), explicit(right));
            case Or(Filter left, Filter right) -> new Or(explicit(left), explicit(right));
            case Not(Filter inner) -> new Not(explicit(inner));
            case Comparison(AttributePath path, Operator operator, JsonNode literal)
            when path.sub() == null && !literal.isNull() && complex(path) ->
                new Comparison(new AttributePath(path.urn(), path.name(), "value"), operator, literal);
            case Comparison comparison -> comparison;
            case Present present -> present;
            case ValuePath valuePath -> valuePath;
        };
    }

    private static boolean complex(AttributePath path) {
        return Resolver.resolve(USER, path).orElseThrow().attribute().complex();
    }

    private static void bothSay(String filter, String document, boolean ours, boolean theirs) throws Exception {
        ObjectNode person = StandardCatalog.json(document);

        assertThat(ours(filter, person)).as("ours").isEqualTo(ours);
        assertThat(theirs(filter, person)).as("theirs").isEqualTo(theirs);
    }

    private static boolean ours(String filter, ObjectNode person) {
        return Matcher.matches(Binder.bind(FilterParser.parse(filter, FilterLimits.STANDARD), USER), person);
    }

    private static boolean theirs(String filter, ObjectNode person) throws Exception {
        return UnboundIdEvaluator.matches(
                com.unboundid.scim2.common.filters.Filter.fromString(filter), USER, UnboundIdEvaluator.foreign(person));
    }
}
