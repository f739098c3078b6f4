using Terway.Ipam.States;

namespace Terway.Ipam.Tests.States;

public class TransitionTests
{
    private const string EniRows = """
        Absent     CreateRequested Creating
        Absent     FoundFree       Available
        Absent     FoundAttaching  Attaching
        Absent     FoundAttached   Preparing
        Absent     FoundDetaching  Detaching
        Absent     FoundDeleting   Deleting
        Absent     LostUnderPods   Lost
        Creating   Created         Available
        Creating   NotCreated      Absent
        Creating   FoundFree       Available
        Creating   FoundAttaching  Attaching
        Creating   FoundAttached   Preparing
        Creating   FoundDetaching  Detaching
        Creating   FoundDeleting   Deleting
        Available  FoundAttaching  Attaching
        Available  FoundAttached   Preparing
        Available  FoundDeleting   Deleting
        Available  AttachRequested Attaching
        Available  DeleteRequested Deleting
        Available  Gone            Absent
        Available  LostUnderPods   Lost
        Attaching  FoundFree       Available
        Attaching  FoundAttached   Preparing
        Attaching  FoundDetaching  Detaching
        Attaching  DetachRequested Detaching
        Attaching  Gone            Absent
        Attaching  LostUnderPods   Lost
        Preparing  FoundFree       Available
        Preparing  FoundDetaching  Detaching
        Preparing  Prepared        InUse
        Preparing  DetachRequested Detaching
        Preparing  Gone            Absent
        Preparing  LostUnderPods   Lost
        InUse      FoundFree       Available
        InUse      FoundDetaching  Detaching
        InUse      DetachRequested Detaching
        InUse      Gone            Absent
        InUse      LostUnderPods   Lost
        Detaching  FoundFree       Available
        Detaching  FoundDeleting   Deleting
        Detaching  DetachAbandoned Preparing
        Detaching  Gone            Absent
        Detaching  LostUnderPods   Lost
        Deleting   FoundFree       Available
        Deleting   FoundAttaching  Attaching
        Deleting   FoundAttached   Preparing
        Deleting   FoundDetaching  Detaching
        Deleting   Gone            Absent
        Lost       FoundFree       Available
        Lost       FoundAttached   Preparing
        Lost       FoundDetaching  Detaching
        Lost       Gone            Absent
        """;

    private const string AddressRows = """
        Absent      Assigned             Idle
        Absent      AssignedOfUnknownAge Resting
        Absent      FoundHeld            Leased
        Idle        FoundHeld            Leased
        Idle        Reserved             Reserved
        Idle        UnassignRequested    Unassigning
        Idle        Vanished             Absent
        Idle        EniRetired           Absent
        Reserved    Committed            Leased
        Reserved    Undone               Idle
        Leased      Released             Resting
        Leased      Vanished             Lost
        Resting     FoundHeld            Leased
        Resting     Rested               Idle
        Resting     Vanished             Absent
        Resting     EniRetired           Absent
        Unassigning UnassignRefused      Idle
        Unassigning Vanished             Absent
        Unassigning EniRetired           Absent
        Lost        Released             Absent
        Lost        Reappeared           Leased
        """;

    [Fact]
    public void Each_ENI_transition_is_as_listed_and_there_is_no_other() =>
        TransitionDiagram.Rows<EniState, EniEvent>(EniTransitions.Next).Should().Equal(Parse(EniRows));

    [Fact]
    public void Each_address_transition_is_as_listed_and_there_is_no_other() =>
        TransitionDiagram.Rows<AddressState, AddressEvent>(AddressTransitions.Next).Should().Equal(Parse(AddressRows));

    [Fact]
    public void Every_state_can_be_reached_and_left()
    {
        TransitionDiagram.Unreachable<EniState, EniEvent>(EniTransitions.Next).Should().BeEmpty();
        TransitionDiagram.Unreachable<AddressState, AddressEvent>(AddressTransitions.Next).Should().BeEmpty();
    }

    [Fact]
    public void Readme_shows_the_tables()
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));

        readme.Should().Contain(TransitionDiagram.Mermaid<EniState, EniEvent>(EniTransitions.Next));
        readme.Should().Contain(TransitionDiagram.Mermaid<AddressState, AddressEvent>(AddressTransitions.Next));
    }

    private static IEnumerable<string> Parse(string rows) =>
        rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(row => string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
