package dev.rolewright.bench;

/// The person the load pushes: what Entra ID sends for an ordinary employee, numbered.
final class Person {

    private static final String[] DEPARTMENTS = {"Data", "Order Desk", "Finance", "Platform", "Support"};

    private Person() {}

    static String userName(long number) {
        return "person.%06d@example.org".formatted(number);
    }

    static String json(long number) {
        return json(number, "Person " + number);
    }

    static String json(long number, String displayName) {
        return """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",\
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],\
                "externalId":"oid-%1$06d","userName":"%2$s","active":true,"displayName":"%3$s",\
                "name":{"givenName":"Person","familyName":"No %1$d","formatted":"%3$s"},\
                "emails":[{"value":"%2$s","type":"work","primary":true}],\
                "phoneNumbers":[{"value":"+44 20 7946 %1$06d","type":"work"}],\
                "title":"Analyst","userType":"Employee","locale":"en-GB",\
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":\
                {"department":"%4$s","employeeNumber":"%1$d","costCenter":"CC-%5$d"}}""".formatted(
                number, userName(number), displayName, DEPARTMENTS[(int) (number % DEPARTMENTS.length)], number % 40);
    }

    static String group(String displayName) {
        return """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"%s"}""".formatted(displayName);
    }

    static String patch(String operation) {
        return """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[%s]}""".formatted(operation);
    }

    static String activePatch(boolean active) {
        return patch("{\"op\":\"replace\",\"path\":\"active\",\"value\":" + active + "}");
    }

    static String addMembers(Iterable<String> ids) {
        StringBuilder members = new StringBuilder();
        for (String id : ids) {
            members.append(members.isEmpty() ? "" : ",")
                    .append("{\"value\":\"")
                    .append(id)
                    .append("\"}");
        }
        return patch("{\"op\":\"add\",\"path\":\"members\",\"value\":[" + members + "]}");
    }
}
