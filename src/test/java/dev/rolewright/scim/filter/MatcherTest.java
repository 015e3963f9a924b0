package dev.rolewright.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rolewright.scim.schema.AcmeCatalog;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.StandardCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatcherTest {

    private static final ResourceType USER = AcmeCatalog.USER;

    private static final ObjectNode ADA = StandardCatalog.json("""
            {
              "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:example:acme:1.0:User"],
              "id": "u-18",
              "externalId": "A-7",
              "userName": "Ada@Example.org",
              "name": {"familyName": "Lovelace"},
              "title": "",
              "active": true,
              "emails": [
                {"value": "ada@work.example", "type": "work", "primary": true},
                {"value": "ada@home.example", "type": "home"}
              ],
              "addresses": [{"type": "work"}],
              "groups": [{"value": "g-1", "type": "direct"}, {"value": "g-2", "type": "indirect"}],
              "x509Certificates": [{"value": "AAEC"}],
              "meta": {
                "resourceType": "User",
                "created": "2026-11-21T00:20:27.5Z",
                "lastModified": "2026-11-21T02:20:27+01:00",
                "location": "https://example.org/Users/u-18",
                "version": "W/\\"3\\""
              },
              "urn:example:acme:1.0:User": {
                "badge": "B-9",
                "level": 3,
                "key": "/+8=",
                "score": 2.50,
                "tags": ["Red", "Blue"],
                "levels": [1, 5],
                "seen": ["2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z"],
                "desks": [{"floor": 2, "height": 0.75}, {"value": "North", "floor": 4}]
              }
            }
            """);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userName eq \"ada@example.ORG\"",
                "userName sw \"ADA\" and userName ew \".org\" and userName co \"@\"",
                "userName co \"\"",
                "userName gt \"ada\" and userName lt \"adb\" and userName ge \"ada@example.org\"",
                "externalId eq \"A-7\"",
                "externalId ne \"a-7\"",
                "id eq \"u-18\" and id ne \"U-18\"",
                "schemas eq \"urn:example:acme:1.0:User\"",
                "name pr and name.familyName eq \"lovelace\"",
                "name.givenName ne \"x\" and name.givenName eq null",
                "not (name.givenName gt \"\")",
                "not (title pr) and title eq null and title eq \"\"",
                "nickName ne \"x\"",
                "active eq true and active ne false and active eq \"TRUE\"",
                "emails co \"home\" and emails.type eq \"HOME\"",
                "emails ne \"nobody\" and not (emails ne \"ada@home.example\")",
                "emails[type eq \"work\" and value co \"work\"]",
                "not (emails[type eq \"home\" and primary eq true])",
                "emails[type ne \"work\"]",
                "emails[not (primary pr)]",
                "emails[type eq \"home\"].value ew \"example\"",
                "emails[type eq \"other\"].value ne \"x\"",
                "addresses pr and addresses.type pr and not (addresses.locality pr)",
                "groups.value eq \"g-2\" and groups[type eq \"direct\" and value eq \"g-1\"]",
                "x509Certificates eq \"AAEC\" and x509Certificates ne \"aaec\"",
                "urn:example:acme:1.0:User:key eq \"/+8\" and urn:example:acme:1.0:User:key ew \"8=\"",
                "meta.created gt \"2026-11-21T00:20:27Z\" and meta.created lt \"2026-11-21T00:20:28Z\"",
                "meta.created eq \"2026-11-21T01:20:27.500+01:00\" and meta.created co \":27.500000Z\"",
                "meta.lastModified eq \"2026-11-21T01:20:27Z\"",
                "meta.version eq \"W/\\\"3\\\"\" and meta.resourceType eq \"User\"",
                "meta.location ew \"/u-18\"",
                "urn:example:acme:1.0:User:badge eq \"B-9\" and urn:example:acme:1.0:User:badge ne \"b-9\"",
                "urn:example:acme:1.0:User:level ge 3.0 and urn:example:acme:1.0:User:level lt 3.5",
                "urn:example:acme:1.0:User:score eq 2.5",
                "urn:example:acme:1.0:User:tags eq \"red\" and urn:example:acme:1.0:User:tags eq \"blue\"",
                "urn:example:acme:1.0:User:tags[value sw \"b\" and value ew \"e\"]",
                "urn:example:acme:1.0:User:levels gt 4 and urn:example:acme:1.0:User:levels lt 2",
                "not (urn:example:acme:1.0:User:levels[value gt 1 and value lt 5])",
                "urn:example:acme:1.0:User:seen gt \"2026-11-21T12:00:00Z\"",
                "urn:example:acme:1.0:User:desks[floor eq 2 and not (value pr)]",
                "urn:example:acme:1.0:User:desks[height eq 0.750]",
                "urn:example:acme:1.0:User pr",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User eq null"
            })
    void matches(String filter) {
        assertThat(matches(filter, ADA)).isTrue();
        assertThat(matches("not (" + filter + ")", ADA)).isFalse();
    }

    @Test
    void ordersTextsByCodePoint() {
        ObjectNode emoji = StandardCatalog.json("{\"userName\": \"😀\"}");

        assertThat(matches("userName gt \"\uFF41\"", emoji)).isTrue();
        assertThat(matches("userName gt \"\uE000\"", emoji)).isTrue();
        assertThat(matches("userName lt \"😁\"", emoji)).isTrue();
        assertThat(matches("userName gt \"😀\"", emoji)).isFalse();
        assertThat(CodePoints.compare("a", "ab")).isNegative();
        assertThat(CodePoints.compare("b", "ab")).isPositive();
        assertThat(CodePoints.compare("", "")).isZero();
    }

    @Test
    void matchesOneElementAtATime() {
        Resolved emails = Resolver.resolve(USER, AttributePath.of("emails")).orElseThrow();
        Bound work = Binder.bindSelector(parse("type eq \"WORK\" and value pr"), emails);

        assertThat(Matcher.matchesElement(work, ADA.path("emails").get(0))).isTrue();
        assertThat(Matcher.matchesElement(work, ADA.path("emails").get(1))).isFalse();
    }

    @Test
    void matchesAnElementWithoutParts() {
        Resolved tags = Resolver.resolve(USER, AttributePath.parse("urn:example:acme:1.0:User:tags"))
                .orElseThrow();
        Bound red = Binder.bindSelector(parse("value eq \"RED\""), tags);

        assertThat(Matcher.matchesElement(red, TextNode.valueOf("red"))).isTrue();
        assertThat(Matcher.matchesElement(red, TextNode.valueOf("blue"))).isFalse();
    }

    @Test
    void leavesTheDocumentAlone() {
        ObjectNode before = ADA.deepCopy();

        matches("emails[type eq \"work\"].value co \"x\" or userName sw \"A\"", ADA);

        assertThat(ADA).isEqualTo(before);
    }

    private static boolean matches(String filter, ObjectNode document) {
        return Matcher.matches(Binder.bind(parse(filter), USER), document);
    }

    private static Filter parse(String filter) {
        return FilterParser.parse(filter, FilterLimits.STANDARD);
    }
}
