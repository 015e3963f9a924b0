package dev.rolewright.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.Bound.And;
import dev.rolewright.scim.filter.Bound.Constant;
import dev.rolewright.scim.filter.Bound.Element;
import dev.rolewright.scim.filter.Bound.Not;
import dev.rolewright.scim.filter.Bound.NumberOrder;
import dev.rolewright.scim.filter.Bound.Or;
import dev.rolewright.scim.filter.Bound.Order;
import dev.rolewright.scim.filter.Bound.Part;
import dev.rolewright.scim.filter.Bound.Present;
import dev.rolewright.scim.filter.Bound.TextOrder;
import dev.rolewright.scim.filter.Bound.TextPart;
import dev.rolewright.scim.filter.Bound.Truth;
import dev.rolewright.scim.schema.AcmeCatalog;
import dev.rolewright.scim.schema.ResourceType;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinderTest {

    private static final ResourceType USER = AcmeCatalog.USER;
    private static final ResourceType GROUP = AcmeCatalog.GROUP;

    @Test
    void foldsAnOperandUnlessItsCaseMatters() {
        assertThat(bind("userName eq \"Ada\"")).isEqualTo(new TextOrder(path("userName"), Order.EQ, "ada"));
        assertThat(bind("externalId eq \"Ada\"")).isEqualTo(new TextOrder(path("externalId"), Order.EQ, "Ada"));
        assertThat(bind("userName sw \"ZOE\u0308\"")).isEqualTo(new TextPart(path("userName"), Part.STARTS, "zoë"));
        assertThat(bind("acme:badge ew \"X\"")).isEqualTo(new TextPart(path("acme:badge"), Part.ENDS, "X"));
        assertThat(bind("profileUrl co \"A\"")).isEqualTo(new TextPart(path("profileUrl"), Part.CONTAINS, "A"));
    }

    @Test
    void findsAttributesWithoutCaseAndByUrn() {
        Bound expected = new TextOrder(path("name.familyName"), Order.EQ, "x");

        assertThat(bind("NAME.FAMILYNAME eq \"x\"")).isEqualTo(expected);
        assertThat(bind("urn:ietf:params:scim:schemas:core:2.0:User:name.familyName eq \"x\""))
                .isEqualTo(expected);
        assertThat(bind("URN:IETF:PARAMS:SCIM:SCHEMAS:CORE:2.0:USER:Name.familyname eq \"x\""))
                .isEqualTo(expected);
        assertThat(bind("URN:EXAMPLE:ACME:1.0:USER:BADGE pr")).isEqualTo(new Present(path("acme:badge")));
    }

    @Test
    void bringsPointsInTimeToOneForm() {
        assertThat(bind("meta.lastModified gt \"2026-11-21T01:20:27.1234567+01:00\""))
                .isEqualTo(new TextOrder(path("meta.lastModified"), Order.GT, "2026-11-21T00:20:27.123456Z"));
        assertThat(bind("meta.created sw \"2026-11-21t00\""))
                .isEqualTo(new TextPart(path("meta.created"), Part.STARTS, "2026-11-21T00"));
    }

    @Test
    void comparesNumbersAndTruths() {
        assertThat(bind("acme:level ge 3"))
                .isEqualTo(new NumberOrder(path("acme:level"), Order.GE, BigDecimal.valueOf(3)));
        assertThat(bind("acme:score lt 2.50"))
                .isEqualTo(new NumberOrder(path("acme:score"), Order.LT, new BigDecimal("2.5")));
        assertThat(bind("active eq true")).isEqualTo(new Truth(path("active"), true));
        assertThat(bind("active eq \"False\"")).isEqualTo(new Truth(path("active"), false));
    }

    @Test
    void saysNotEqualAndNullInOtherWords() {
        assertThat(bind("title ne \"X\"")).isEqualTo(new Not(new TextOrder(path("title"), Order.EQ, "x")));
        assertThat(bind("title eq null")).isEqualTo(new Not(new Present(path("title"))));
        assertThat(bind("title ne null")).isEqualTo(new Present(path("title")));
        assertThat(bind("not (title ne \"X\")")).isEqualTo(new TextOrder(path("title"), Order.EQ, "x"));
    }

    @Test
    void readsTheValueOfAComplexAttribute() {
        assertThat(bind("emails co \"X\"")).isEqualTo(new TextPart(path("emails.value"), Part.CONTAINS, "x"));
        assertThat(bind("enterprise:manager eq \"X\""))
                .isEqualTo(new TextOrder(path("enterprise:manager.value"), Order.EQ, "X"));
        assertThat(Binder.bind(parse("members eq \"X\""), GROUP))
                .isEqualTo(Binder.bind(parse("members.value eq \"X\""), GROUP));
        assertThat(bind("emails pr")).isEqualTo(new Present(path("emails")));
        assertThat(bind("emails ne null")).isEqualTo(new Present(path("emails")));
    }

    @Test
    void bindsWhatStandsBetweenBracketsToTheElement() {
        assertThat(bind("emails[type eq \"Work\" and primary eq true]"))
                .isEqualTo(new Element(
                        path("emails"),
                        new And(List.of(
                                new TextOrder(path("emails.type"), Order.EQ, "work"),
                                new Truth(path("emails.primary"), true)))));
        assertThat(bind("acme:tags[value eq \"X\"]"))
                .isEqualTo(new Element(path("acme:tags"), new TextOrder(path("acme:tags"), Order.EQ, "x")));
        assertThat(bind("name[familyName pr]"))
                .isEqualTo(new Element(path("name"), new Present(path("name.familyName"))));
        assertThat(Binder.bindSelector(parse("value eq \"X\""), path("emails")))
                .isEqualTo(new TextOrder(path("emails.value"), Order.EQ, "x"));
    }

    @Test
    void flattensChains() {
        Bound a = new Present(path("title"));
        Bound b = new Present(path("nickName"));
        Bound c = new Present(path("locale"));

        assertThat(bind("title pr and nickName pr and locale pr")).isEqualTo(new And(List.of(a, b, c)));
        assertThat(bind("title pr and (nickName pr and locale pr)")).isEqualTo(new And(List.of(a, b, c)));
        assertThat(bind("title pr or nickName pr or locale pr")).isEqualTo(new Or(List.of(a, b, c)));
        assertThat(bind("title pr or nickName pr and locale pr")).isEqualTo(new Or(List.of(a, new And(List.of(b, c)))));
    }

    @Test
    void anExtensionIsPresentWhenOneOfItsAttributesIs() {
        assertThat(bind("urn:example:acme:1.0:User pr"))
                .isInstanceOfSatisfying(
                        Or.class,
                        any -> assertThat(any.parts())
                                .contains(new Present(path("acme:badge")), new Present(path("acme:desks")))
                                .doesNotContain(new Present(path("acme:secret"))));
        assertThat(bind("urn:example:acme:1.0:User eq null")).isEqualTo(new Not(bind("urn:example:acme:1.0:User pr")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "members pr | false",
                "members.value eq \"x\" | false",
                "members.value ne \"x\" | true",
                "members eq null | true",
                "members[value eq \"x\"] | false",
                "emails[shape eq \"x\"] | false",
                "userName.x pr | false",
                "not (members pr) or userName pr | true",
                "members pr and userName pr | false",
                "members pr or not (not (nothing pr)) | false"
            })
    void acrossTypesAnUnknownAttributeHasNoValue(String text, boolean outcome) {
        assertThat(Binder.bindAcross(parse(text), USER)).isEqualTo(new Constant(outcome));
    }

    @Test
    void acrossTypesWhatIsKnownRemains() {
        assertThat(Binder.bindAcross(parse("members pr or userName pr"), USER))
                .isEqualTo(new Present(path("userName")));
        assertThat(Binder.bindAcross(parse("members ne \"x\" and userName pr and title pr"), USER))
                .isEqualTo(new And(List.of(new Present(path("userName")), new Present(path("title")))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "shoeSize eq 44 | User has no attribute shoeSize",
                "name.shoe pr | User has no attribute name.shoe",
                "department pr | User has no attribute department",
                "urn:example:other:User:x pr | User has no attribute urn:example:other:User:x",
                "emails[shape eq 1] | an element of emails has no attribute shape",
                "emails[type.value pr] | an element of emails has no attribute type.value",
                "acme:tags[type eq \"x\"] | an element of urn:example:acme:1.0:User:tags has no attribute type",
                "emails[emails.type pr] | an element of emails has no attribute emails.type",
                "userName[value pr] | userName has no elements a value filter could choose from",
                "password eq \"x\" | password is never returned and cannot be searched by",
                "password pr | password is never returned",
                "acme:secret sw \"x\" | urn:example:acme:1.0:User:secret is never returned",
                "acme:desks.pin pr | urn:example:acme:1.0:User:desks.pin is never returned",
                "acme:desks[pin eq \"1\"] | urn:example:acme:1.0:User:desks.pin is never returned",
                "addresses eq \"x\" | addresses cannot be compared with eq here: it is complex",
                "name ne \"x\" | name cannot be compared with ne here: it is complex",
                "active gt true | active cannot be compared with gt here: a boolean only knows eq, ne and pr",
                "active co \"true\" | active cannot be compared with co here: a boolean only knows eq, ne and pr",
                "active eq 1 | active cannot be compared with eq here: it is a boolean",
                "active ne \"yes\" | active cannot be compared with ne here: it is a boolean",
                "x509Certificates.value gt \"AA==\" | x509Certificates.value cannot be compared with gt here: a binary has",
                "x509Certificates.value eq \"-\" | x509Certificates.value cannot be compared with eq here: it is binary",
                "acme:level co 1 | acme:level cannot be compared with co here: a number is not searched",
                "acme:level eq \"1\" | acme:level cannot be compared with eq here: it is a number",
                "userName eq 1 | userName cannot be compared with eq here: it compares with a quoted string only",
                "userName sw true | userName cannot be compared with sw here: it compares with a quoted string only",
                "userName gt null | userName cannot be compared with gt here: null is only compared with eq and ne",
                "meta.created ge \"2026-11-21\" | meta.created cannot be compared with ge here: it is a dateTime",
                "meta.created eq \"2026-11-21T00:00:00\" | meta.created cannot be compared with eq here: it is a dateTime"
            })
    void saysWhichAttributeDoesNotFitWhat(String text, String detail) {
        assertThatThrownBy(() -> bind(text)).isInstanceOfSatisfying(ScimProblem.class, problem -> {
            assertThat(problem.type()).isEqualTo(ScimProblem.Type.invalidFilter);
            assertThat(problem.detail()).startsWith(detail.replace("acme:l", "urn:example:acme:1.0:User:l"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"userName pr or shoeSize pr", "shoeSize pr and userName pr", "not (userName pr and x pr)"})
    void checksEveryClauseEvenIfTheOutcomeIsSettled(String text) {
        assertThatThrownBy(() -> bind(text)).isInstanceOf(ScimProblem.class);
    }

    @Test
    void repeatsALongNameInPartOnly() {
        assertThatThrownBy(() -> bind("x".repeat(5_000) + " pr"))
                .hasMessage("User has no attribute " + "x".repeat(100) + "…");
    }

    @Test
    void acrossTypesMisfitsAreStillRefused() {
        assertThatThrownBy(() -> Binder.bindAcross(parse("nothing pr and active gt true"), USER))
                .isInstanceOf(ScimProblem.class);
    }

    @Test
    void recognisesABareExtensionUrnHoweverItWasRead() {
        assertThat(Resolver.extension(USER, AttributePath.parse("urn:example:acme:1.0:user")))
                .isPresent();
        assertThat(Resolver.extension(USER, AttributePath.parse("urn:example:acme:1.0:User:badge")))
                .isEmpty();
        assertThat(Resolver.extension(USER, AttributePath.of("User"))).isEmpty();
    }

    private static Bound bind(String text) {
        return Binder.bind(parse(text), USER);
    }

    private static Filter parse(String text) {
        return FilterParser.parse(spelledOut(text), FilterLimits.STANDARD);
    }

    private static Resolved path(String text) {
        return Resolver.resolve(USER, AttributePath.parse(spelledOut(text))).orElseThrow();
    }

    private static String spelledOut(String text) {
        return text.replaceAll("\\bacme:(?=[a-z])", "urn:example:acme:1.0:User:")
                .replaceAll("\\benterprise:(?=[a-z])", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:");
    }
}
