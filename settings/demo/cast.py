"""The people of the demo, in numbers of days before today."""

from dataclasses import dataclass

BRIGHT, HARBOUR, COLLEGE = "Bright Staff Ltd", "Harbour Supply Teachers", "Weston College"


@dataclass(frozen=True)
class Part:
    """One person: when they came, when they signed, when they left; days before today."""

    full_name: str
    category: str
    joined: int
    signed: tuple[int, ...] = ()
    left: int | None = None
    organisation: str | None = None
    email: str | None = None
    under_18: bool = False
    tells: str | None = None
    # From the day before they are due, their address takes no letter any more.
    mail_fails: bool = False


# The first twelve are enough for a small demo: every stage of the year is among them.
CAST = (
    Part(
        "Gwenllian Morfydd Angharad Llewellyn-Fairweather", "employee", 1090, (1088, 725, 359),
        email="gwenllian@example.org",
    ),
    Part(
        "Siân Rhiannon Prydderch", "employee", 1090, (1089, 731, 369), email="sian@example.org",
        mail_fails=True,
    ),
    Part("Tom Baker", "bank_staff", 20),
    Part("Łukasz Żółkiewski", "agency_worker", 240, (239,), organisation=BRIGHT),
    Part("Chloe Adeyemi", "agency_worker", 820, (818, 437), organisation=HARBOUR),
    Part(
        "Amelia Hart", "volunteer", 300, (299,), email="amelia@example.org",
        tells="My niece starts in the Bluebell room in January.",
    ),
    Part("Priya Raman", "volunteer", 3),
    Part("ليلى حداد", "parent_helper", 60, (58,)),
    Part("James O’Connor", "parent_helper", 1),
    Part("Margaret Ann Pugh", "committee_member", 1080, (1078, 716, 350), email="map@example.org"),
    Part("Wei Chen 陈伟", "student", 25, (24,), organisation=COLLEGE, under_18=True),
    Part("Ngozi Okafor", "visitor", 700, (699,), left=400),
    # Those who have been there all the time.
    Part("Helen Trott", "employee", 1089, (1088, 720, 352), email="helen@example.org"),
    Part("Rebecca Stone", "employee", 1088, (1087, 726, 345), email="rebecca@example.org"),
    Part("Fatima Begum", "employee", 1085, (1084, 719, 340)),
    Part("Owen Davies", "employee", 900, (898, 530, 168), email="owen@example.org"),
    Part("Joanna Nowak", "bank_staff", 1060, (1058, 690, 322)),
    Part("Daniel Marsh", "bank_staff", 760, (757, 390, 17)),
    Part("Sophie Lambert", "bank_staff", 410, (408, 11)),
    Part("Ruth Okonkwo", "committee_member", 800, (797, 433, 66), email="ruth@example.org"),
    Part("Peter Fairclough", "committee_member", 795, (790, 428, 63)),
    Part("Anna Kowalczyk", "committee_member", 430, (427, 60), email="anna@example.org"),
    Part("Grace Bennett", "volunteer", 1010, (1008, 640, 271)),
    Part("Mary-Lou Fitzgerald", "volunteer", 980, (977, 615, 380)),
    Part("Harriet Vaughan", "volunteer", 700, (698, 330), email="harriet@example.org"),
    Part("Yusuf Khan", "volunteer", 520, (518, 150)),
    Part("Nia Roberts", "parent_helper", 630, (628, 242)),
    Part("Mei Lin", "parent_helper", 400, (397, 33)),
    Part("Carlos Fernández", "parent_helper", 250, (248,)),
    Part("Ella Thompson", "parent_helper", 132, (130,)),
    # An agency that has let things slide: all three are overdue.
    Part("Darren Pike", "agency_worker", 815, (812, 441), organisation=HARBOUR),
    Part("Natalie Frost", "agency_worker", 445, (444,), organisation=HARBOUR),
    Part("Imogen Clarke", "student", 80, (79,), organisation=COLLEGE, under_18=True),
    # Those who have left.
    Part("Beverley Cole", "employee", 1090, (1087, 724), left=500, email="bev@example.org"),
    Part("Liam Doherty", "employee", 1040, (1038,), left=760),
    Part("Stella Marsden", "committee_member", 1082, (1080, 718), left=425),
    Part("George Whitlock", "committee_member", 1081, (1079,), left=790),
    Part("Aisha Rahman", "parent_helper", 990, (988, 622), left=480),
    Part("Kate Ellis", "parent_helper", 860, (858,), left=560),
    Part("Jacob Reed", "student", 730, (729,), left=600, organisation=COLLEGE, under_18=True),
    Part("Megan Price", "student", 410, (409,), left=230, organisation=COLLEGE),
    Part("Olu Adebayo", "volunteer", 870, (868, 500), left=200),
    Part("Rosie Finch", "agency_worker", 660, (659,), left=390, organisation=BRIGHT),
)  # fmt: skip
