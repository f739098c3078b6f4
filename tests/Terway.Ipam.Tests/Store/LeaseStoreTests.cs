using System.Net;
using System.Net.NetworkInformation;
using Terway.Cloud;
using Terway.Ipam.Store;

namespace Terway.Ipam.Tests.Store;

/// <summary>What every store promises, on both of them.</summary>
public sealed class LeaseStoreTests : IDisposable
{
    private static readonly LeaseEni Eni = new()
    {
        Id = new EniId("eni-1"),
        Mac = PhysicalAddress.Parse("00-16-3E-00-00-01"),
        VSwitch = new VSwitchId("vsw-1"),
        Subnet = IPNetwork.Parse("10.0.0.0/24"),
        Subnet6 = IPNetwork.Parse("2408::/64"),
        PrimaryAddress = IPAddress.Parse("10.0.0.2"),
    };

    private static readonly DateTimeOffset Then = new(2030, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("terway-ipam-").FullName;

    private string File => Path.Combine(_folder, "leases.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Everything_written_is_read_again(bool sqlite)
    {
        var (store, reopen) = Make(sqlite);
        var written = Everything();

        store.Commit(written);
        var read = reopen().Load();

        read.Leases.Should().BeEquivalentTo([Lease(1)], options => options.Excluding(lease => lease.Payload));
        read.Leases[0].Payload.ToArray().Should().Equal(7, 8, 9);
        read.Addresses.Should().Equal(new StoredAddress(IPAddress.Parse("10.0.0.9"), Eni.Id, StoredAddressKind.Resting, Then));
        read.Enis.Should().BeEquivalentTo([StoredEni()]);
        read.Node.Should().Be(Node());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dropped_things_are_gone_and_dropping_twice_is_no_error(bool sqlite)
    {
        var (store, reopen) = Make(sqlite);
        store.Commit(Everything());

        for (var i = 0; i < 2; i++)
        {
            store.Commit([
                new LedgerChange.DropLease(Lease(1).Attachment),
                new LedgerChange.DropAddress(IPAddress.Parse("10.0.0.9")),
                new LedgerChange.DropEni(StoredEni().Token),
            ]);
        }

        var read = reopen().Load();
        (read.Leases.Length, read.Addresses.Length, read.Enis.Length).Should().Be((0, 0, 0));
        read.Node.Should().NotBeNull();
    }

    [Fact]
    public void File_is_for_its_owner_only()
    {
        using var store = SqliteLeaseStore.Open(File);
        store.Commit(Everything());

        foreach (var file in Directory.GetFiles(_folder))
            System.IO.File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }

    [Fact]
    public void Commit_is_all_or_nothing()
    {
        using var store = SqliteLeaseStore.Open(File);
        store.Commit([new LedgerChange.PutLease(Lease(1))]);
        var twin = Lease(1) with { Attachment = new AttachmentKey("other", "eth0") };

        var act = () => store.Commit([new LedgerChange.PutLease(Lease(2)), new LedgerChange.PutLease(twin)]);

        act.Should().Throw<IpamException>("an address has one holder");
        store.Load().Leases.Should().ContainSingle();
    }

    [Fact]
    public void Second_process_is_refused()
    {
        using var first = SqliteLeaseStore.Open(File);

        var act = () => SqliteLeaseStore.Open(File);

        var error = act.Should().Throw<IpamException>().Which;
        error.Code.Should().Be(IpamErrorCode.StoreLocked);
        error.Message.Should().Contain(File);
        first.Commit(Everything());
    }

    [Theory]
    [InlineData("this is no database, but somebody's notes, long enough to have a header of a hundred bytes and more, so that it is read at all")]
    [InlineData("x")]
    public void Corrupt_file_is_refused_and_left_as_it_is(string content)
    {
        System.IO.File.WriteAllText(File, content);

        var act = () => SqliteLeaseStore.Open(File);

        act.Should().Throw<IpamException>().Which.Code.Should().Be(IpamErrorCode.StoreCorrupt);
        System.IO.File.ReadAllText(File).Should().Be(content);
    }

    [Fact]
    public void Damaged_page_is_found_when_the_store_is_opened()
    {
        using (var store = SqliteLeaseStore.Open(File))
        {
            for (var i = 1; i < 200; i++)
                store.Commit([new LedgerChange.PutLease(Lease(i))]);
        }

        using (var file = new FileStream(File, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Position = 4096 * 3;
            file.Write(Enumerable.Repeat((byte)0x5a, 8192).ToArray());
        }

        var act = () => SqliteLeaseStore.Open(File);

        act.Should().Throw<IpamException>().Which.Code.Should().Be(IpamErrorCode.StoreCorrupt);
    }

    [Fact]
    public void Store_of_a_newer_version_is_refused()
    {
        SqliteLeaseStore.Open(File).Dispose();
        Execute("PRAGMA user_version=99");

        var act = () => SqliteLeaseStore.Open(File);

        act.Should().Throw<IpamException>().Which.Code.Should().Be(IpamErrorCode.StoreTooNew);
    }

    [Fact]
    public void Store_of_the_first_version_is_brought_up_to_date_and_keeps_what_it_holds()
    {
        Execute("""
            CREATE TABLE leases (
                container_id TEXT NOT NULL, if_name TEXT NOT NULL, pod_namespace TEXT NOT NULL, pod_name TEXT NOT NULL, pod_uid TEXT,
                ipv4 TEXT UNIQUE, ipv6 TEXT UNIQUE, eni TEXT NOT NULL, granted_at INTEGER NOT NULL, payload BLOB NOT NULL,
                PRIMARY KEY (container_id, if_name)) WITHOUT ROWID;
            CREATE TABLE addresses (address TEXT NOT NULL PRIMARY KEY, eni_id TEXT NOT NULL, kind TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE enis (
                token TEXT NOT NULL PRIMARY KEY, intent TEXT NOT NULL, requested_at INTEGER NOT NULL, eni TEXT, retiring INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE node (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), node TEXT NOT NULL);
            INSERT INTO leases VALUES ('sandbox-1', 'eth0', 'default', 'pod-1', 'uid', '10.1.0.1', NULL,
                '{"Id":"eni-1","Mac":"00163E000001","VSwitch":"vsw-1","Subnet":"10.1.0.0/16","Subnet6":null,"Primary":"10.1.0.9"}', 1000, x'070809');
            INSERT INTO enis VALUES ('token-1', '{"VSwitch":"vsw-1","Addresses":3,"SecurityGroups":["sg-1"],"Tags":[],"ResourceGroup":null}', 1000,
                '{"Id":"eni-1","Mac":"00163E000001","VSwitch":"vsw-1","Subnet":"10.1.0.0/16","Subnet6":null,"Primary":"10.1.0.9"}', 0);
            INSERT INTO node VALUES (1, '{"Instance":"i-1","InstanceType":"ecs.g7.large","Enis":3,"Ipv4PerEni":6,"Ipv6PerEni":6,"Swept":true,"SecurityGroups":["sg-1"],"ForeignEnis":[]}');
            PRAGMA application_id=1416787785;
            PRAGMA user_version=1;
            """);

        StoredPool first;
        using (var store = SqliteLeaseStore.Open(File))
        {
            store.Commit([new LedgerChange.PutEni(StoredEni())]);
            first = store.Load();
        }

        using var again = SqliteLeaseStore.Open(File);
        first.Leases.Should().ContainSingle().Which.IPv4.Should().Be(IPAddress.Parse("10.1.0.1"));
        first.Node!.Swept.Should().BeTrue();
        first.Enis.Should().ContainSingle().Which.Excluded.Should().BeTrue();
        again.Load().Should().BeEquivalentTo(first, o => o.Excluding(member => member.Name == nameof(Terway.Ipam.Lease.Payload)));
    }

    [Fact]
    public void Database_of_another_program_is_refused()
    {
        System.IO.File.WriteAllBytes(File, []);
        Execute("CREATE TABLE recipes (name TEXT)");

        var act = () => SqliteLeaseStore.Open(File);

        act.Should().Throw<IpamException>().Which.Reason.Should().Contain("another program");
    }

    [Fact]
    public void Unreadable_row_is_a_corrupt_store()
    {
        SqliteLeaseStore.Open(File).Dispose();
        Execute("INSERT INTO addresses VALUES ('not an address', 'eni-1', 'Resting', 1)");
        using var store = SqliteLeaseStore.Open(File);

        var act = () => store.Load();

        act.Should().Throw<IpamException>().Which.Code.Should().Be(IpamErrorCode.StoreCorrupt);
    }

    [Fact]
    public void Missing_folder_is_a_clear_error()
    {
        var act = () => SqliteLeaseStore.Open(Path.Combine(_folder, "missing", "leases.db"));

        act.Should().Throw<IpamException>().Which.Code.Should().Be(IpamErrorCode.StoreUnavailable);
    }

    [Fact]
    public void Full_disk_is_a_clear_error_and_loses_nothing()
    {
        using var disk = new SmallDisk(_folder, "1m");
        using var store = SqliteLeaseStore.Open(Path.Combine(disk.Path, "leases.db"));
        store.Commit(Everything());

        Action fill = () =>
        {
            for (var i = 2; i < 1000; i++)
                store.Commit([new LedgerChange.PutLease(Lease(i) with { Payload = new byte[4096] })]);
        };

        fill.Should().Throw<IpamException>().Which.Code.Should().Be(IpamErrorCode.StoreFull);
        store.Load().Leases.Should().Contain(lease => lease.Attachment == Lease(1).Attachment);
    }

    private static List<LedgerChange> Everything() =>
    [
        new LedgerChange.PutLease(Lease(1)),
        new LedgerChange.PutAddress(new StoredAddress(IPAddress.Parse("10.0.0.9"), Eni.Id, StoredAddressKind.Resting, Then)),
        new LedgerChange.PutEni(StoredEni() with { Eni = null }),
        new LedgerChange.PutEni(StoredEni()),
        new LedgerChange.PutNode(Node()),
    ];

    private static Lease Lease(int number) => new()
    {
        Attachment = new AttachmentKey($"sandbox-{number}", "eth0"),
        Pod = new PodKey("default", $"pod-{number}"),
        PodUid = number % 2 == 0 ? null : "uid",
        IPv4 = new IPAddress([10, 1, (byte)(number >> 8), (byte)number]),
        Eni = Eni,
        GrantedAt = Then,
        Payload = new byte[] { 7, 8, 9 },
    };

    private static StoredEni StoredEni() => new()
    {
        Token = new ClientToken("token-1"),
        Intent = new EniIntent
        {
            VSwitch = Eni.VSwitch,
            Addresses = 3,
            SecurityGroups = [new SecurityGroupId("sg-1")],
            Tags = [new ResourceTag("creator", "terway")],
            ResourceGroup = new ResourceGroupId("rg-1"),
        },
        RequestedAt = Then,
        Eni = Eni,
        Retiring = true,
        Excluded = true,
    };

    private static StoredNode Node() => new()
    {
        Instance = new InstanceId("i-1"),
        InstanceType = new InstanceTypeId("ecs.g7.large"),
        EniQuantity = 3,
        Ipv4PerEni = 6,
        Ipv6PerEni = 6,
        Swept = true,
        SecurityGroups = [new SecurityGroupId("sg-1")],
        ForeignEnis = [new EniId("eni-foreign")],
        WarmedUp = true,
    };

    private (ILeaseStore Store, Func<ILeaseStore> Reopen) Make(bool sqlite)
    {
        if (!sqlite)
        {
            var memory = new InMemoryLeaseStore();
            return (memory, () => memory);
        }

        var store = SqliteLeaseStore.Open(File);
        return (store, () =>
        {
            store.Dispose();
            return SqliteLeaseStore.Open(File);
        });
    }

    private void Execute(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
