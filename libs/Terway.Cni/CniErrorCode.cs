namespace Terway.Cni;

/// <summary>The <c>code</c> of a CNI error. 1 to 99 belong to the specification (section 2, "Error"); 100 and above are ours.</summary>
public enum CniErrorCode
{
    /// <summary>1: the plugin does not speak the configuration's version, or the version does not have the command.</summary>
    IncompatibleVersion = 1,

    /// <summary>2: a key of the configuration asks for something that this plugin does not do.</summary>
    UnsupportedField = 2,

    /// <summary>3: the container is unknown or does not exist; the runtime need not clean up after it.</summary>
    UnknownContainer = 3,

    /// <summary>4: a required environment variable is missing or its value is not acceptable.</summary>
    InvalidEnvironment = 4,

    /// <summary>5: reading or writing failed, for example of standard input.</summary>
    IOFailure = 5,

    /// <summary>6: the content is not what its format says, for example standard input is not JSON.</summary>
    DecodingFailure = 6,

    /// <summary>7: the configuration was read and is not acceptable.</summary>
    InvalidConfiguration = 7,

    /// <summary>11: a passing condition; the same command can succeed later.</summary>
    TryAgainLater = 11,

    /// <summary>50: STATUS: an ADD would fail now.</summary>
    NotAvailable = 50,

    /// <summary>51: STATUS: an ADD would fail now, and existing containers may have limited connectivity.</summary>
    NotAvailableLimitedConnectivity = 51,

    /// <summary>100: what was asked can not be done, and asking again does not help.</summary>
    Refused = 100,

    /// <summary>101: CHECK found differences between what the container should have and what it has.</summary>
    CheckFailed = 101,

    /// <summary>102: the kernel refused a change.</summary>
    KernelFailure = 102,

    /// <summary>999: a defect of the plugin.</summary>
    Internal = 999,
}
